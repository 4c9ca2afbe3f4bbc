"""What stands beside the lines, in both languages and in both printers."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.derivations.notation import tree_text
from gradproof.notes import build, html, latex
from gradproof.notes.code import code_lines
from gradproof.notes.lessons import Lesson, worked_example
from gradproof.notes.points import number, point_prose, value_tree
from gradproof.notes.tree import Document, Formula, Prose, Section
from gradproof.verify.verdict import Verdict


def said(prose: Prose) -> str:
    return "".join(tree_text(part.tree) if isinstance(part, Formula) else part for part in prose)


def section(document: Document, name: str) -> Section:
    return next(each for each in document.sections() if each.name == name)


def test_mistakes_say_what_is_wrong_and_where_it_shows(taught: dict[str, Document]) -> None:
    first = section(taught["en"], "cross_entropy_gradient").mistakes[0]
    assert first.text == "A difference is turned round: t − o for o − t."
    assert tree_text(first.formula) == "∂L/∂z_j = y_j − p_j"
    assert said(first.exposed) == "At n = 2, j = 1, y = (0,1), z = (1,0) it gives −0.7311 instead of 0.7311."
    assert first.verdict is Verdict.REFUTED
    chinese = section(taught["zh"], "cross_entropy_gradient").mistakes[0]
    assert said(chinese.exposed).startswith("取 n = 2、j = 1") and chinese.text.endswith("。")


def test_an_inequality_says_what_both_sides_are(taught: dict[str, Document]) -> None:
    (mistake,) = section(taught["en"], "entropy_at_most_log").mistakes
    assert said(mistake.exposed) == "At n = 2, p = (1/2,1/2) the left side is 0.6931 and the right side is −0.6931."


def test_sentences_begin_with_a_capital_unless_a_formula_does(taught: dict[str, Document]) -> None:
    for part in taught["en"].sections():
        for mistake in part.mistakes:
            assert mistake.text.endswith(".")
            assert mistake.text[0].isupper() or not re.match(r"[a-z]{2}", mistake.text)


def test_the_last_mistake_is_asked_for_in_an_exercise(
    taught: dict[str, Document], lessons_taught: dict[str, Lesson]
) -> None:
    shown = section(taught["en"], "softmax_jacobian")
    lesson = lessons_taught["softmax_jacobian"]
    assert len(shown.mistakes) == len(lesson.mistakes) - 1
    derive, line, which = shown.exercises
    assert (derive.number, line.number, which.number) == tuple(f"{shown.number}.{k}" for k in (1, 2, 3))
    assert tree_text(which.statement) == "∂p_i/∂z_j = p_i δ_ij" and which.lines == ()
    assert tree_text(derive.statement) == "∂p_i/∂z_j = ?"
    asked = lesson.mistakes[-1].slip
    assert asked.text.en in said(which.solution.text) and asked.text.en not in said(which.task)
    assert lesson.wrong_line is not None
    assert said(line.solution.text).startswith(f"Line {lesson.wrong_line.place + 1}: {lesson.wrong_line.slip.text.en}")
    assert [each.id for each in line.lines] == [str(k + 1) for k in range(len(lesson.wrong_line.lines))]
    assert "A1 to A6" in said(derive.solution.text)


def test_refuted_formulas_are_counted(taught: dict[str, Document], lessons_taught: dict[str, Lesson]) -> None:
    count = sum(len(found.mistakes) + (found.wrong_line is not None) for found in lessons_taught.values())
    assert taught["en"].refuted == count > 30


def test_a_worked_example_is_a_table(taught: dict[str, Document]) -> None:
    numbers = section(taught["en"], "cross_entropy_gradient").example
    assert numbers is not None
    assert [said(head) for head in numbers.heads] == ["j", "formula", "finite difference", "Torch autograd"]
    assert [row[0] for row in numbers.rows] == ["1", "2", "3"]
    assert said(numbers.value).startswith(" Then L = ") and "2⁻¹⁷" in numbers.note
    assert all(len(row) == len(numbers.heads) for row in numbers.rows)


def test_without_torch_the_table_has_no_column_of_it(lessons_taught: dict[str, Lesson]) -> None:
    found = lessons_taught["mse_gradient"]
    assert found.example is not None
    places = tuple(replace(place, torch="") for place in found.example.places)
    without = replace(found, example=replace(found.example, places=places))
    document = build([catalogue.find("mse_gradient")], {}, "en", lessons={"mse_gradient": without})
    numbers = section(document, "mse_gradient").example
    assert numbers is not None
    assert "Torch autograd" not in [said(head) for head in numbers.heads]
    assert all(len(row) == len(numbers.heads) for row in numbers.rows)


def test_how_far_decimals_can_be_trusted_is_said_once_in_a_chapter() -> None:
    derivations = [catalogue.find(name) for name in ("power_derivative", "exponential_derivative", "mse_gradient")]
    lessons = {each.name: Lesson(example=worked_example(each)) for each in derivations}
    document = build(derivations, {}, "en", lessons=lessons)
    notes = [[part.example.note for part in chapter.sections if part.example] for chapter in document.chapters]
    assert [[bool(note) for note in chapter] for chapter in notes] == [[True, False], [True]]
    assert latex(document).count("Their last decimal") == html(document).count("Their last decimal") == 2


def test_two_lines_are_no_exercise_to_derive() -> None:
    names = ("power_derivative", "quadratic_gradient")
    short, long = map(catalogue.find, names)
    assert len(short.steps) == 2 < len(long.steps)
    lessons = {each.name: Lesson(example=worked_example(each)) for each in (short, long)}
    document = build([short, long], {}, "en", lessons=lessons)
    assert section(document, names[0]).exercises == ()
    assert [exercise.title for exercise in section(document, names[1]).exercises] == ["Derive it"]


def test_solutions_are_hidden_on_pages_and_at_the_end_of_chapters(taught: dict[str, Document]) -> None:
    for language, word in (("en", "Solutions"), ("zh", "练习解答")):
        page, file = html(taught[language]), latex(taught[language])
        for each in taught[language].sections():
            for exercise in each.exercises:
                (box,) = re.findall(rf'<section class="exercise" id="{exercise.anchor}">.*?</section>', page, re.DOTALL)
                assert "<details><summary>" in box
                assert rf"\gpsolution{{\hyperref[{exercise.anchor}]" in file
                (task,) = re.findall(rf"^\\gpexercise\{{{exercise.number}\}}.*", file, flags=re.MULTILINE)
                assert rf"{{{exercise.anchor}}}" in task
        chapters = file.partition(r"\begin{document}")[2].split(r"\gpchapter{")[1:]
        assert [chapter.count(rf"\gpsolutions{{{word}}}") for chapter in chapters] == [1] * len(chapters)
        assert all(r"\gpexercise" not in chapter.split(r"\gpsolutions")[1] for chapter in chapters)


def test_without_lessons_there_is_nothing_beside_the_lines(jacobian: Derivation) -> None:
    alone = section(build([jacobian], {}, "en"), "softmax_jacobian")
    assert (alone.mistakes, alone.exercises, alone.example, alone.pictures) == ((), (), None, ())
    assert alone.code and alone.graph is None


def test_code_lines_stand_beside_what_they_compute() -> None:
    derivation = catalogue.find("cross_entropy_gradient")
    lines = [(line.source, line.formula and tree_text(line.formula)) for line in code_lines(derivation)]
    assert lines == [
        ("p = np.exp(z) / np.sum(np.exp(z))", "p_i = e^(z_i)/(Σ_{k=1..n} e^(z_k))"),
        ("dL_dz = p - y", "∂L/∂z_j = p_j − y_j"),
    ]
    jacobian = catalogue.find("softmax_jacobian")
    assert code_lines(jacobian)[0].formula is None, "a size is read, which is no formula"
    assert code_lines(catalogue.find("entropy_nonnegative")) == (), "0 is no program"


@pytest.mark.parametrize(
    ("text", "shown"),
    [("0.25", "0.25"), ("−0.1966", "−0.1966"), ("-1/2", "−1/2"), ("1.5e-5", "1.5 · 10^(−5)"), ("between 0 and 1",) * 2],
)
def test_numbers_keep_their_sign(text: str, shown: str) -> None:
    assert tree_text(number(text)) == shown


def test_points_in_words() -> None:
    values = {"W": [["1", "0"], ["-2", "1/2"]], "∂E/∂z": ["1"], "phi(x)": "x²"}
    shown = said(point_prose({"I": 2}, {"i": 1}, values, "en"))
    assert shown == "I = 2, i = 1, W = ((1,0),(−2,1/2)), ∂E/∂z = (1), φ(x) = x²"
    assert tree_text(value_tree("3")) == "3"
    hessians = point_prose({}, {}, {"∂²f/∂x²": [["1", "0"], ["0", "2"]], "∂²f/∂p∂q": "3"}, "en")
    assert said(hessians) == "∂/∂x (∂f/∂x) = ((1,0),(0,2)), ∂/∂q (∂f/∂p) = 3"


def test_what_is_rounded_to_nothing_is_0() -> None:
    assert [tree_text(number(text)) for text in ("0.0000", "-0.000", "0", "0.05", "-1.5", "2e-05")] == [
        "0", "0", "0", "0.05", "−1.5", "2 · 10^(−5)",
    ]  # fmt: skip
