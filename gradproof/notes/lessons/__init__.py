"""What stands in the notes beside the lines: mistakes, a worked example, a derivation with an error in it.

All of it is found by the project: the mistakes are those of `derivations.slips`, and what is said of them comes from
reports. Nothing here is in a language yet; `notes.teaching` words it.
"""

from .example import Example, Place, worked_example
from .lesson import Lesson, lesson_of, lessons_of
from .mistakes import Exposed, common_mistakes
from .wrong_line import WrongLine, wrong_line

__all__ = [
    "Example",
    "Exposed",
    "Lesson",
    "Place",
    "WrongLine",
    "common_mistakes",
    "lesson_of",
    "lessons_of",
    "worked_example",
    "wrong_line",
]
