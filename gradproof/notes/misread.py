"""What is often misread in a chapter. A remark may speak of any entry, so it stands where the whole chapter does."""

from __future__ import annotations

from collections.abc import Sequence

from gradproof.derivations.calculus import Derivation
from gradproof.derivations.catalogue import chapters


def often_misread(derivations: Sequence[Derivation], language: str) -> tuple[str, ...]:
    """The remarks of the chapter that these entries are, in reading order; none where they are a part of one."""
    return tuple(
        remark.in_language(language)
        for chapter in chapters()
        if chapter.derivations == tuple(derivations)
        for remark in chapter.misread
    )
