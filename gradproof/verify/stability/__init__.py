"""How accurate two forms of one function are in floating point: naive against stable, dtype by dtype, measured."""

from .errors import Outcome, error_in_ulps
from .failures import Failure
from .formats import FORMATS, Format
from .measure import DifferentFormsError
from .reading import read_table
from .table import Accuracy, NoStableFormError, Row, Table, stability, stability_of

__all__ = [
    "FORMATS",
    "Accuracy",
    "DifferentFormsError",
    "Failure",
    "Format",
    "NoStableFormError",
    "Outcome",
    "Row",
    "Table",
    "error_in_ulps",
    "read_table",
    "stability",
    "stability_of",
]
