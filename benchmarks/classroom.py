r"""A class that hands in: derivations of ten lines, right and wrong, as different people would write them.

Each template is a right derivation of an entry of the catalogue, one member of its chain a line. A student writes it
with own letters for the indices, own spacing and signs around it, and two students in three make a slip in a line.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_NAMES = (
    "Ada", "Alan", "Amir", "Anna", "Bao", "Boris", "Carl", "Chloé", "Dana", "Emmy", "Eva", "Fatma", "Hana", "Igor",
    "Jana", "José", "Kurt", "Lena", "Lin", "Maja", "Noor", "Omar", "Paul", "李雷", "韩梅梅", "Søren", "Zoë",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Template:
    """A right derivation of an entry; `letters` are those that a student may replace, in the text as <i>."""

    entry: str
    letters: str
    members: tuple[str, ...]


#: Pieces of the first template that stand in it again and again.
_PIECES = {"@S": r"\left(@Z\right)", "@Z": r"\sum_<k> e^{z_<k>}", "@i": "e^{z_<i>}", "@j": "e^{z_<j>}"}
TEMPLATES = (
    Template(
        "softmax_jacobian",
        "ijk",
        (
            r"\frac{\partial p_<i>}{\partial z_<j>}",
            r"\frac{\partial}{\partial z_<j>} \frac{@i}{@Z}",
            r"\frac{\frac{\partial @i}{\partial z_<j>} @Z - @i \frac{\partial}{\partial z_<j>} @Z}{@S^2}",
            r"\frac{\delta_{<i><j>} @i @Z - @i @j}{@S^2}",
            r"\frac{\delta_{<i><j>} @i @Z}{@S^2} - \frac{@i @j}{@S^2}",
            r"\frac{\delta_{<i><j>} @i}{@Z} - \frac{@i}{@Z} \cdot \frac{@j}{@Z}",
            r"\frac{@i}{@Z} \left(\delta_{<i><j>} - \frac{@j}{@Z}\right)",
            r"p_<i> \left(\delta_{<i><j>} - \frac{@j}{@Z}\right)",
            r"p_<i> \delta_{<i><j>} - p_<i> \frac{@j}{@Z}",
            r"p_<i> \delta_{<i><j>} - p_<i> p_<j>",
            r"p_<i> (\delta_{<i><j>} - p_<j>)",
        ),
    ),
    Template(
        "cross_entropy_gradient",
        "jkl",
        (
            r"\frac{\partial L}{\partial z_<j>}",
            r"-\frac{\partial}{\partial z_<j>} \sum_<k> y_<k> \log p_<k>",
            r"-\sum_<k> y_<k> \frac{\partial \log p_<k>}{\partial z_<j>}",
            r"-\sum_<k> y_<k> \frac{1}{p_<k>} \frac{\partial p_<k>}{\partial z_<j>}",
            r"-\sum_<k> \frac{y_<k>}{p_<k>} p_<k> (\delta_{<k><j>} - p_<j>)",
            r"-\sum_<k> y_<k> (\delta_{<k><j>} - p_<j>)",
            r"-\sum_<k> y_<k> \delta_{<k><j>} + \sum_<k> y_<k> p_<j>",
            r"-y_<j> + \sum_<k> y_<k> p_<j>",
            r"-y_<j> + p_<j> \sum_<l> y_<l>",
            r"-y_<j> + p_<j>",
            r"p_<j> - y_<j>",
        ),
    ),
    Template(
        "sigmoid_derivative",
        "",
        (
            r"\frac{\partial \sigma}{\partial x}",
            r"\frac{\partial}{\partial x} \frac{1}{1 + e^{-x}}",
            r"\frac{\partial}{\partial x} (1 + e^{-x})^{-1}",
            r"-(1 + e^{-x})^{-2} \frac{\partial}{\partial x} (1 + e^{-x})",
            r"-(1 + e^{-x})^{-2} (-e^{-x})",
            r"\frac{e^{-x}}{(1 + e^{-x})^2}",
            r"\frac{1}{1 + e^{-x}} \cdot \frac{e^{-x}}{1 + e^{-x}}",
            r"\frac{1}{1 + e^{-x}} \cdot \frac{(1 + e^{-x}) - 1}{1 + e^{-x}}",
            r"\frac{1}{1 + e^{-x}} \left(1 - \frac{1}{1 + e^{-x}}\right)",
            r"\sigma - \sigma^2",
            r"\sigma (1 - \sigma)",
        ),
    ),
    Template(
        "mse_gradient",
        "ikl",
        (
            r"\frac{\partial L}{\partial x_<i>}",
            r"\frac{\partial}{\partial x_<i>} \frac{1}{n} \sum_<k> (x_<k> - y_<k>)^2",
            r"\frac{1}{n} \frac{\partial}{\partial x_<i>} \sum_<k> (x_<k> - y_<k>)^2",
            r"\frac{1}{n} \sum_<k> \frac{\partial}{\partial x_<i>} (x_<k> - y_<k>)^2",
            r"\frac{1}{n} \sum_<k> 2 (x_<k> - y_<k>) \frac{\partial}{\partial x_<i>} (x_<k> - y_<k>)",
            r"\frac{1}{n} \sum_<k> 2 (x_<k> - y_<k>) \delta_{<k><i>}",
            r"\frac{2}{n} \sum_<k> (x_<k> - y_<k>) \delta_{<k><i>}",
            r"\frac{2}{n} \sum_<l> \delta_{<l><i>} x_<l> - \frac{2}{n} \sum_<l> \delta_{<l><i>} y_<l>",
            r"\frac{2}{n} x_<i> - \frac{2}{n} y_<i>",
            r"\frac{2 x_<i> - 2 y_<i>}{n}",
            r"\frac{2}{n} (x_<i> - y_<i>)",
        ),
    ),
)
#: What people write by mistake, as a change of the text of one line.
SLIPS = (
    (r" - ", " + "),
    (r" \+ ", " - "),
    (r"\\delta_\{<(\w)><(\w)>\}", "1"),
    (r"\^2", ""),
    (r"(?<!\^)2 ", ""),
    (r"\\frac\{1\}\{n\} ", ""),
    (r"z_<j>", "z_<i>"),
    (r"p_<j>", "p_<i>"),
    (r"\A-", ""),
    (r"\\sum_<(\w)> ", ""),
    (r"\\log ", ""),
    (r"e\^\{-x\}", "e^{x}"),
)
_LETTERS = ("ijkl", "ijrs", "klmr", "lmkj")
_AROUND = (
    (r"\begin{align*}", r" \\", r"\end{align*}"),
    ("$$\n\\begin{aligned}", r" \\", "\\end{aligned}\n$$"),
    (r"\begin{align}", r" \nonumber\\", r"\end{align}"),
)
_PROSE = ("We differentiate.", "By the chain rule and the product rule:", "Solution.", "解：")


def members(template: Template, chance: random.Random) -> Iterator[str]:
    """The lines of one student, in the student's letters; perhaps one has a slip."""
    slipped = chance.randrange(1, len(template.members)) if chance.random() < 2 / 3 else 0
    letters = dict(zip(template.letters, chance.choice(_LETTERS), strict=False))
    for number, member in enumerate(template.members):
        for piece, formula in _PIECES.items():
            member = member.replace(piece, formula)
        fitting = [slip for slip in SLIPS if number == slipped and number and re.search(slip[0], member)]
        if fitting:
            found, instead = chance.choice(fitting)
            member = re.sub(found, instead.replace("\\", r"\\"), member, count=1)
        yield _spaced(re.sub(r"<(\w)>", lambda letter: letters.get(letter[1], letter[1]), member), chance)


def _spaced(member: str, chance: random.Random) -> str:
    """The same formula with other spaces and other signs for the same."""
    if chance.random() < 0.3:
        member = member.replace(r"\frac", r"\dfrac")
    if chance.random() < 0.3:
        member = member.replace(r"\left(", r"\bigl(").replace(r"\right)", r"\bigr)")
    if chance.random() < 0.3:
        member = member.replace(r"\log ", r"\ln ")
    space = chance.choice((" ", "  ", r" \, ", r"\;"))
    return re.sub(r" ([-+]) ", lambda sign: f"{space} {sign[1]} ", member)


def submission(template: Template, chance: random.Random) -> str:
    """A file in LaTeX."""
    first, *rest = members(template, chance)
    begin, between, end = chance.choice(_AROUND)
    formulas = f"{begin}\n{first}\n  &= " + f"{between}\n  &= ".join(rest) + f"\n{end}"
    return f"\\documentclass{{article}}\n\\begin{{document}}\n{chance.choice(_PROSE)}\n{formulas}\n\\end{{document}}\n"


def write_class(folder: Path, students: int, seed: int = 0) -> dict[str, list[Path]]:
    """So many submissions, shared out among the templates: the files by the entry that they are about."""
    chance = random.Random(seed)
    found: dict[str, list[Path]] = {}
    for number in range(students):
        template = TEMPLATES[number % len(TEMPLATES)]
        file = folder / template.entry / f"{chance.choice(_NAMES)} {number:03}_hw3.tex"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(submission(template, chance), encoding="utf-8")
        found.setdefault(template.entry, []).append(file)
    return found
