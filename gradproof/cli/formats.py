"""The formats of `gradproof notes`."""

from __future__ import annotations

from .exits import CommandError

FORMATS = ("latex", "html", "pdf", "beamer", "fragment", "markdown")
#: What is written where no format is named.
USUAL = ("latex", "html", "pdf")


def chosen_formats(asked: str) -> tuple[str, ...]:
    """The formats in a text such as "latex,html", each once. Raises CommandError for another one."""
    chosen = tuple(dict.fromkeys(each.strip() for each in asked.split(",")))
    for each in chosen:
        if each not in FORMATS:
            raise CommandError(f"there is no format {each!r}; the formats are {', '.join(FORMATS)}")
    return chosen
