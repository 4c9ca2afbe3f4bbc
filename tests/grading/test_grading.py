"""Grading: the first wrong line is found and named, any right form is accepted, and nobody is accused wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy import Expr

from gradproof.derivations.calculus import Dim, Entry, Sum, Tensor, Vector, delta, exp
from gradproof.derivations.catalogue import find
from gradproof.documents import read_document
from gradproof.grading.checking import Checking
from gradproof.grading.exercise import Exercise, exercise
from gradproof.grading.marking import Graded, Mark, Reached, graded_documents
from gradproof.grading.naming import Forms, slip_between
from gradproof.verify.running import TimeLimitExceeded

ASKED = r"\frac{\partial p_i}{\partial z_j}"


@pytest.fixture(scope="module")
def softmax() -> Exercise:
    return exercise(find("softmax_jacobian"))


def grade(folder: Path, text: str, against: Exercise, checking: Checking | None = None) -> Graded:
    file = folder / "work.md"
    file.write_text(text, encoding="utf-8")
    return graded_documents((read_document(file, "work.md"),), "work.md", against, checking or Checking())


def marks(graded: Graded) -> list[Mark]:
    return [line.mark for line in graded.lines]


def chain(*members: str) -> str:
    lines = " \\\\\n".join(f" &= {member}" for member in members)
    return f"$$\\begin{{aligned}}\n{ASKED}\n{lines}\n\\end{{aligned}}$$\n"


def test_the_first_wrong_line_is_found_and_named_and_credit_goes_on(tmp_path: Path, softmax: Exercise) -> None:
    text = chain(
        r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_k e^{z_k}}",
        r"\frac{\delta_{ij} e^{z_i} \sum_k e^{z_k} - e^{z_i} e^{z_j}}{(\sum_k e^{z_k})^2}",
        r"p_i (\delta_{ij} + p_j)",
        r"p_i \delta_{ij} + p_i p_j",
    )
    found = grade(tmp_path, text, softmax)
    assert marks(found) == [Mark.RIGHT, Mark.RIGHT, Mark.WRONG, Mark.RIGHT]
    assert (found.points, found.of, found.reached) == (3, 4, Reached.WRONG)
    wrong = found.first_wrong
    assert wrong is not None
    assert wrong.finding.place.line == 5
    assert wrong.slip == "sign off the diagonal"
    said = wrong.text()
    assert said is not None
    assert (said.en, said.zh) == ("the sign of the term without δ is wrong", "不含 δ 的那一项符号错误")
    assert wrong.point is not None
    assert "left" in str(wrong.point)


@pytest.mark.parametrize(
    "text",
    [
        rf"$${ASKED} = p_i (\delta_{{ij}} - p_j)$$",
        r"$$\frac{\partial p_k}{\partial z_m} = \frac{\delta_{km} e^{z_k}}{\sum_l e^{z_l}} - p_k p_m$$",
        r"$$\frac{\partial p}{\partial z} = \operatorname{diag}(p) - p p^\top$$",
        rf"$${ASKED} = \begin{{cases}} p_i (1 - p_i) & i = j \\ -p_i p_j & i \ne j \end{{cases}}$$",
    ],
    ids=["factored", "expanded, other letters", "matrix", "cases"],
)
def test_right_in_any_form(text: str, tmp_path: Path, softmax: Exercise) -> None:
    found = grade(tmp_path, text, softmax)
    assert marks(found) == [Mark.RIGHT]
    assert found.reached is Reached.RIGHT


def test_a_wrong_matrix_is_wrong(tmp_path: Path, softmax: Exercise) -> None:
    found = grade(tmp_path, r"$$\frac{\partial p}{\partial z} = \operatorname{diag}(p) + p p^\top$$", softmax)
    assert marks(found) == [Mark.WRONG]
    assert found.reached is Reached.WRONG


def test_two_errors_that_cancel_are_one_error_and_a_right_line(tmp_path: Path, softmax: Exercise) -> None:
    found = grade(tmp_path, chain(r"p_i (\delta_{ij} + p_j)", r"p_i \delta_{ij} - p_i p_j"), softmax)
    assert marks(found) == [Mark.WRONG, Mark.RIGHT]
    assert found.lines[1].again
    assert found.reached is Reached.RIGHT


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (rf"$${ASKED} = p_i (\delta_{{ij}} - q_j)$$", "does not hold for every q"),
        (rf"$${ASKED} = p_i (\delta_{{ij}} - $$", "the formula ends"),
        (rf"On the diagonal $${ASKED} = p_i (1 - p_i)$$", "i = j"),
        (rf"Elsewhere $${ASKED} = -p_i p_j$$", "i \\ne j"),
        (f"<!-- gradproof: p : n -->\n$${ASKED} = p_i p_j$$", "given otherwise"),
        (rf"Suppose $i < j$. $${ASKED} = 2 p_i \delta_{{ij}}$$", "a condition was said before"),
    ],
    ids=["undeclared", "unreadable", "i = j", "i ≠ j", "declared otherwise", "under a condition"],
)
def test_what_may_be_right_is_left_to_the_grader(text: str, reason: str, tmp_path: Path, softmax: Exercise) -> None:
    found = grade(tmp_path, text, softmax)
    line = found.lines[-1]
    assert line.mark is Mark.OPEN
    assert reason in line.reason
    assert found.first_wrong is None
    assert found.reached not in (Reached.RIGHT, Reached.WRONG)


def test_who_gives_a_name_another_meaning_is_not_accused(tmp_path: Path, softmax: Exercise) -> None:
    text = "<!-- gradproof: W : n x m -->\n<!-- gradproof: x : m -->\n$$z_i = \\sum_k W_{ik} x_k$$\n"
    found = grade(tmp_path, text + f"$${ASKED} = p_i p_j$$\n", softmax)
    assert marks(found) == [Mark.OPEN, Mark.OPEN]
    assert found.reached is Reached.OPEN


def test_a_quantity_written_as_a_function_of_its_variable_is_the_quantity(tmp_path: Path) -> None:
    sigmoid = exercise(find("sigmoid_derivative"))
    found = grade(tmp_path, r"$$\frac{d\sigma}{dx} = \sigma(x) (1 - \sigma(x)) = \sigma(x) \sigma(-x)$$", sigmoid)
    assert marks(found) == [Mark.RIGHT, Mark.RIGHT]
    found = grade(tmp_path, r"$$\sigma'(x) = \sigma(1 - \sigma) = \sigma(x) (1 + \sigma)$$", sigmoid)
    assert marks(found) == [Mark.RIGHT, Mark.WRONG]
    assert found.reached is Reached.WRONG


def test_a_quantity_written_as_a_function_of_anything_else_is_not_read_as_a_product(tmp_path: Path) -> None:
    sigmoid = exercise(find("sigmoid_derivative"))
    found = grade(tmp_path, r"$$\frac{d\sigma}{dx} = \sigma(z) (1 - \sigma(z))$$", sigmoid)
    assert marks(found) == [Mark.OPEN]


def test_a_case_of_the_data_is_not_held_against_anybody(tmp_path: Path) -> None:
    loss = exercise(find("binary_cross_entropy_gradient"))
    asked = r"\frac{\partial L}{\partial x}"
    found = grade(tmp_path, rf"For the positive class $${asked} = \sigma - 1$$", loss)
    assert marks(found) == [Mark.OPEN]
    assert "t = 1" in found.lines[0].reason
    assert marks(grade(tmp_path, rf"$${asked} = t - \sigma$$", loss)) == [Mark.WRONG]


def test_side_work_counts_and_a_question_is_no_result(tmp_path: Path, softmax: Exercise) -> None:
    side = "$$\\frac{\\partial}{\\partial z_j} \\sum_k e^{z_k} = e^{z_j}$$\n"
    found = grade(tmp_path, side, softmax)
    assert (found.points, found.reached) == (1, Reached.NOT_FOUND)
    found = grade(tmp_path, chain(r"\frac{\partial}{\partial z_j} \frac{e^{z_i}}{\sum_k e^{z_k}}"), softmax)
    assert (found.points, found.reached) == (1, Reached.UNFINISHED)


def test_what_was_stopped_is_open(tmp_path: Path, softmax: Exercise) -> None:
    def stops(function: object, *arguments: object) -> object:
        if getattr(function, "func", None) is not None:  # the comparison, not the reading
            raise TimeLimitExceeded(1)
        return function(*arguments)  # type: ignore[operator]

    checking = Checking(softmax.declarations, ask=stops)  # type: ignore[arg-type]
    found = grade(tmp_path, rf"$${ASKED} = p_i (\delta_{{ij}} + p_j)$$", softmax, checking)
    assert marks(found) == [Mark.OPEN]
    assert "stopped" in found.lines[0].reason


@pytest.mark.parametrize("name", ["mse_gradient", "cross_entropy_gradient", "perceptron_weights", "tanh_derivative"])
def test_the_derivations_of_the_catalogue_are_right(name: str, tmp_path: Path) -> None:
    entry = find(name)
    found = grade(tmp_path, entry.latex().replace("\\begin{align*}", "$$\\begin{aligned}").replace(
        "\\end{align*}", "\\end{aligned}$$"), exercise(entry))  # fmt: skip
    assert found.first_wrong is None
    assert found.count(Mark.RIGHT) >= 1


def forms(*pairs: tuple[Expr, Expr]) -> Forms:
    return Forms(pairs)


def test_a_slip_is_named_only_if_it_is_the_only_one() -> None:
    x, y = Entry(Tensor("x")), Entry(Tensor("y"))
    assert slip_between([forms((x + y, x - y))]) == "sign of a term"
    assert slip_between([forms((x + y, x * y))]) == ""
    assert slip_between([forms((x + y, x - y), (2 * x - 2 * y, x - y))]) == ""  # two forms, two slips
    assert slip_between([forms((x + y, x - y)), forms((2 * x - 2 * y, x - y))]) == "sign of a term"  # the nearer one


def test_of_names_for_one_thing_the_one_that_says_most_is_taken() -> None:
    x, y = Entry(Tensor("x")), Entry(Tensor("y"))
    assert slip_between([forms((x - y, y - x))]) == "difference turned"
    assert slip_between([forms((2 * x, x))]) == "number dropped"
    i, k = (Dim("n").index(letter) for letter in "ik")
    z = Vector("z", i.dim)
    assert slip_between([forms((Sum(z[k] * delta(i, k), k), Sum(z[k], k)))]) == "delta dropped"


def test_what_a_slip_leads_to_by_chance_is_not_named() -> None:
    x, y = Entry(Tensor("x")), Entry(Tensor("y"))
    right, wrote = exp(x) / (1 + exp(x)), 1 - 1 / (1 + exp(-y))
    wrote = wrote.xreplace({y: x})  # it equals 1/(1 + e^x), but nobody who forgets a factor writes e^(−x)
    assert slip_between([forms((right, 1 / (1 + exp(x))))]) == "factor dropped"
    assert slip_between([forms((right, wrote))]) == ""
    assert slip_between([Forms(((x * y, x),), whole=False)]) == ""


def test_every_case_of_the_catalogue_is_right(tmp_path: Path, softmax: Exercise) -> None:
    text = find("softmax_jacobian").latex()
    assert text.count("\\begin{align*}") == 3  # in general, i = j, i ≠ j: which case it is stands in no formula
    text = text.replace("\\begin{align*}", "$$\\begin{aligned}").replace("\\end{align*}", "\\end{aligned}$$")
    found = grade(tmp_path, text, softmax)
    assert found.first_wrong is None
    assert found.points > 10


def test_a_delta_of_free_indices_speaks_of_all_cases(tmp_path: Path, softmax: Exercise) -> None:
    assert marks(grade(tmp_path, rf"$${ASKED} = \delta_{{ij}} - p_i p_j$$", softmax)) == [Mark.WRONG]


def test_an_entry_that_is_written_may_be_1_but_not_0(tmp_path: Path) -> None:
    loss = exercise(find("cross_entropy_gradient"))
    asked = r"\frac{\partial L}{\partial z_j}"
    assert marks(grade(tmp_path, rf"For the class itself $${asked} = -y_j (1 - p_j)$$", loss)) == [Mark.OPEN]
    assert marks(grade(tmp_path, rf"For the others $${asked} = p_j$$", loss)) == [Mark.OPEN]
    assert marks(grade(tmp_path, rf"$${asked} = p_j + y_j$$", loss)) == [Mark.WRONG]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Case $i = j$.**\n$$%s = p_i (1 + p_i)$$", Mark.WRONG),
        ("For $i \\ne j$ we have\n$$%s = p_i p_j$$", Mark.WRONG),
        ("For $i \\ne j$ we have\n$$%s = -p_i p_j$$", Mark.RIGHT),
        ("若 $i = j$，则\n$$%s = p_i (1 - p_j)$$", Mark.RIGHT),
        ("If $i = j$:\n$$%s = p_i (\\delta_{ij} - p_i)$$", Mark.RIGHT),
        ("By the quotient rule\n$$%s = p_i (1 - p_j)$$", Mark.WRONG),
        ("By the quotient rule on the diagonal\n$$%s = p_i (1 - p_j)$$", Mark.OPEN),
        ("We look at equal ones only.\n\nBy the quotient rule\n$$%s = p_i (1 - p_j)$$", Mark.OPEN),
        ("By the quotient rule\n$$%s = p_i (1 - p_j)$$\nwhere $i = j$.", Mark.OPEN),
        ("By the quotient rule\n$$%s = p_i (1 - p_j)$$\nThis was for $i = j$.", Mark.OPEN),
        ("Other than for $i = j$ we have\n$$%s = p_i (1 - p_j)$$", Mark.OPEN),
        ("Here $p_i = 1$.\n$$%s = p_i - p_j$$", Mark.OPEN),
        ("$$%s = p_i (1 - p_j) \\quad \\text{on the diagonal}$$", Mark.OPEN),
    ],
)  # fmt: skip
def test_a_case_is_heard_if_it_is_certain(text: str, expected: Mark, tmp_path: Path, softmax: Exercise) -> None:
    found = [mark for mark in marks(grade(tmp_path, text % ASKED, softmax)) if mark is not Mark.NONE]
    assert found[-1] is expected


def test_what_rests_on_a_wrong_line_is_no_second_error(tmp_path: Path) -> None:
    neuron = exercise(find("perceptron_weights"))
    wrong = "$$\\frac{\\partial z}{\\partial w_j} = w_j$$\n"
    chain_rule = r"\frac{\partial E}{\partial o} \frac{\partial o}{\partial z} \frac{\partial z}{\partial w_j}"
    asked = r"\frac{\partial E}{\partial w_j}"
    found = grade(tmp_path, f"{wrong}$${asked} = {chain_rule} = (o - t) o (1 - o) w_j$$", neuron)
    assert marks(found) == [Mark.WRONG, Mark.RIGHT, Mark.RIGHT]
    assert found.reached is Reached.WRONG
    found = grade(tmp_path, f"{wrong}$${asked} = (o - t) o (1 - o) w_j$$", neuron)
    assert marks(found) == [Mark.WRONG, Mark.RIGHT]
    found = grade(tmp_path, f"{wrong}$${asked} = (o - t) o w_j$$", neuron)  # a second error, or a use of the first one
    assert marks(found) == [Mark.WRONG, Mark.OPEN]


def test_another_layout_is_no_error(tmp_path: Path) -> None:
    regression = exercise(find("linear_regression_weights"))
    found = grade(tmp_path, r"$$\nabla_w E = (u - y)^\top X$$", regression)
    assert marks(found) == [Mark.OPEN]
    found = grade(tmp_path, r"$$\frac{\partial E}{\partial w_j} = (u_j - y_j) \sum_r X_{rj}$$", regression)
    assert marks(found) == [Mark.WRONG]
