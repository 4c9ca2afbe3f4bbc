"""What a person reads of a submission that was graded: sentences, hints, pages, and results for Gradescope."""

from .gradescope import results
from .hints import LEVELS, hinted
from .page import Sheet, class_page, index_page, submission_page
from .remarks import item_words, letters_words, points_words, remarks, score_words
from .words import word

__all__ = [
    "LEVELS",
    "Sheet",
    "class_page",
    "hinted",
    "index_page",
    "item_words",
    "letters_words",
    "points_words",
    "remarks",
    "results",
    "score_words",
    "submission_page",
    "word",
]
