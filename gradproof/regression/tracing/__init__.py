"""NumPy code as mathematics: a function is run on arrays of expressions, and what comes out is its formula."""

from .number import Untraceable
from .run import trace

__all__ = ["Untraceable", "trace"]
