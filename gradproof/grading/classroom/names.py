"""Names of students from names of files and folders, which are anybody's: text in composed form, whatever bytes."""

from __future__ import annotations

import os
import re
import unicodedata

#: Where the name of a student stands in a pattern.
STUDENT = "{student}"
_SIGNS = re.compile(r"(\{student\}|\*+)")


class BadNames(ValueError):  # noqa: N818 - it is said to the grader
    """A pattern of names that cannot be used; the message says why."""


class NamePattern:
    """The names of files or folders, such as ``{student}_hw3.tex``: ``*`` stands for anything. Raises BadNames."""

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        if self.text.count(STUDENT) != 1:
            raise BadNames(f"the pattern {text!r} has to say once where the student stands, as in {STUDENT}_hw3.tex")
        if "/" in text or "\\" in text:
            raise BadNames(f"the pattern {text!r} is of names without folders, as in {STUDENT}_hw3.tex")
        pieces = (
            "(?P<student>.+?)" if piece == STUDENT else ".*?" if piece.startswith("*") else re.escape(piece)
            for piece in _SIGNS.split(self.text)
        )
        self._pattern = re.compile("".join(pieces), re.DOTALL)

    def student(self, name: str) -> str | None:
        """The student of a name; None if it does not fit."""
        found = self._pattern.fullmatch(name)
        return found["student"].strip() or None if found else None


def written(name: str) -> str:
    """A name as text that can be written in UTF-8, composed: what is no Unicode in it becomes U+FFFD."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))
