"""The ground floor: the calculus, the catalogue, notation, and the slips people make.

`find`, `names` and `chapters` are those of the catalogue. They are loaded when first used, as the catalogue derives all
its entries when it is loaded, and the calculus needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalogue import chapters as chapters
    from .catalogue import find as find
    from .catalogue import names as names

__all__ = ["chapters", "find", "names"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import catalogue

    return getattr(catalogue, name)
