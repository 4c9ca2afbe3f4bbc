"""How far rounding can move Torch's own result: a trace of its run, interpreted with error bounds in its format."""

from .bound import SHAPED, WHOLE, bound
from .enclosed import Enclosed
from .formats import FORMATS, Format

__all__ = ["FORMATS", "SHAPED", "WHOLE", "Enclosed", "Format", "bound"]
