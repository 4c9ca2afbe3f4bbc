"""What a person reads of a submission that was graded: sentences, hints, pages, and results for Gradescope."""

from .gradescope import results
from .hints import LEVELS, hinted
from .page import class_page
from .remarks import remarks
from .words import word

__all__ = ["LEVELS", "class_page", "hinted", "remarks", "results", "word"]
