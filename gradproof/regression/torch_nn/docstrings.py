"""The formulas in the docstring of a class: its `.. math::` blocks, and what stands between `:math:` and a backtick.

They are taken as the installed package has them, letter by letter. A formula is a text of LaTeX and the line at which
it stands in the docstring.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

_BLOCK = re.compile(r"(?P<margin> *)\.\. math::(?P<rest>.*)")
_ROLE = re.compile(r":math:`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of a docstring.

    line    the line of the docstring at which it begins, counted from 1
    block   whether it is a `.. math::` block, and not a piece of a sentence
    """

    text: str
    line: int
    block: bool


def formulas_of(documented: type) -> tuple[Formula, ...]:
    """All formulas in the docstring of a class itself, blocks first; none if it has no docstring of its own."""
    own = documented.__dict__.get("__doc__") or ""
    lines = inspect.cleandoc(own).splitlines()
    blocks = tuple(_blocks(lines))
    text = "\n".join(lines)
    roles = (Formula(found[1], text.count("\n", 0, found.start()) + 1, False) for found in _ROLE.finditer(text))
    return (*blocks, *roles)


def _blocks(lines: list[str]) -> list[Formula]:
    found = []
    for number, line in enumerate(lines):
        head = _BLOCK.match(line)
        if head is None:
            continue
        margin, inside = len(head["margin"]), [head["rest"].strip()]
        for following in lines[number + 1 :]:
            if following.strip() and len(following) - len(following.lstrip()) <= margin:
                break
            inside.append(following)
        found.append(Formula("\n".join(inside).strip(), number + 1, True))
    return found
