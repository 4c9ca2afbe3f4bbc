"""The lock: a change of meaning is found, one of writing is let pass, and what is not known is never called changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.meaning import declared
from gradproof.documents import text_document
from gradproof.grading.checking import Checking
from gradproof.grading.passages import Effort
from gradproof.regression.lock import (
    DECLARATIONS,
    BadLock,
    Change,
    Decision,
    Formula,
    Snapshot,
    Standing,
    accepted,
    changes,
    read_lock,
    write_lock,
)
from gradproof.regression.snapshots import Taken, of_derivation, of_document, same_meaning

HEAD = "<!-- gradproof:\nz : n\nt : onehot n\nx : R\n-->\n$p = \\softmax(z)$, $E = -\\sum_k t_k \\log p_k$\n\n"


def taken(text: str, head: str = HEAD) -> Taken:
    found = of_document("page.md", Checking(), text_document, head + text, "page.md")
    assert not found.problem
    return found


def compared(before: str, now: str, head: str = HEAD) -> dict[str, Change]:
    """How each formula of a page stands to what it was, but for those that are as they were."""
    old, new = taken(before, head), taken(now, head)
    found = changes("page.md", old.snapshot, new.snapshot, new.decided(Checking()))
    return {change.name: change for change in found if change.standing is not Standing.SAME}


def meaning(before: Formula, now: Formula, lines: str = "x : R\ny : R") -> Decision:
    glossary, macros = declared(lines)
    return same_meaning(before, now, macros, glossary, Effort())


JACOBIAN = "$$\\frac{\\partial p_i}{\\partial z_j} = p_i (\\delta_{ij} - p_j)$$\n"
NAME = "\\frac{\\partial p_i}{\\partial z_j}"


def test_a_snapshot_has_what_the_page_states() -> None:
    snapshot = taken(JACOBIAN + "<!-- gradproof: label twice -->\n$$2x = x + x$$\n").snapshot
    assert snapshot.declared == ("z : n", "t : onehot n", "x : R")
    assert {name: formula.right for name, formula in snapshot.formulas.items()} == {
        "p": "\\softmax(z)",
        "E": "-\\sum_k t_k \\log p_k",
        NAME: "p_i (\\delta_{ij} - p_j)",
        "twice": "x + x",
    }


def test_what_moves_is_no_change() -> None:
    assert compared(JACOBIAN, "\n\nWords.\n\n" + JACOBIAN + "\nWords.\n") == {}


def test_another_way_to_write_it_is_no_change_of_meaning() -> None:
    found = compared(JACOBIAN, JACOBIAN.replace("p_i (\\delta_{ij} - p_j)", "p_i \\delta_{ij} - p_j p_i"))
    assert found[NAME].standing is Standing.REWRITTEN and len(found) == 1


def test_another_meaning_is_shown_with_the_point() -> None:
    (change,) = compared(JACOBIAN, JACOBIAN.replace("- p_j", "- p_i")).values()
    assert change.standing is Standing.CHANGED
    assert change.before.endswith("- p_j)") and change.now.endswith("- p_i)")
    assert change.reason.startswith("at ") and ": before " in change.reason and ", now " in change.reason


def test_a_definition_is_locked_as_well() -> None:
    (change,) = compared("$$y = x^2$$\n", "$$y = x^2 + x$$\n").values()
    assert (change.name, change.standing) == ("y", Standing.CHANGED)
    (change,) = compared("$$y = x^2$$\n", "$$y = x \\cdot x$$\n").values()
    assert change.standing is Standing.REWRITTEN


def test_of_a_chain_its_result_counts() -> None:
    chain = "$$(x + 1)^2 = {} x^2 + 2 x + 1$$\n"
    step = "(x + 1)(x + 1) ="
    assert compared(chain.format(""), chain.format(step)) == {}
    (change,) = compared(chain.format(step), chain.format(step).replace("2 x + 1", "x + 1")).values()
    assert change.standing is Standing.CHANGED


def test_new_and_gone() -> None:
    found = compared("$$y = x^2$$\n", "$$2x = x + x$$\n$$2x = x + x$$\n")
    assert {name: change.standing for name, change in found.items()} == {
        "y": Standing.GONE,
        "2x": Standing.NEW,
        "2x (2)": Standing.NEW,
    }


def test_other_declarations_are_looked_at_by_a_person() -> None:
    old, new = taken(JACOBIAN), taken(JACOBIAN, HEAD.replace("x : R", "x : >0"))
    found = [c for c in changes("a", old.snapshot, new.snapshot, new.decided(Checking())) if not c.standing.accepted]
    assert [(change.name, change.standing) for change in found] == [(DECLARATIONS, Standing.UNSURE)]
    turned = HEAD.replace("z : n\nt : onehot n", "t : onehot n\nz : n")
    assert not [c for c in changes("a", old.snapshot, taken("", turned).snapshot, meaning) if c.name == DECLARATIONS]


def test_where_a_definition_changed_a_formula_that_was_adapted_to_it_is_not_called_changed() -> None:
    page = "$$s = {}$$\n\n<!-- gradproof: label y -->\n$$(e^x - 1)(e^x + 1) = {}$$\n"
    found = compared(page.format("e^x", "s^2 - 1"), page.format("e^x + 1", "s (s - 2)"))
    assert {name: change.standing for name, change in found.items()} == {"s": Standing.CHANGED, "y": Standing.UNSURE}
    assert found["y"].reason == "what it stands under is not as it was"
    found = compared(page.format("e^x", "s^2 - 1"), page.format("e^{x + 0}", "s^2 - 2"))
    assert {name: change.standing for name, change in found.items()} == {"s": Standing.REWRITTEN, "y": Standing.CHANGED}
    adapted = page.replace("$$s = {}$$\n", "").format("e^{2 x} - 1")
    found = compared(page.format("e^x", "s^2 - 1"), adapted)
    assert {name: change.standing for name, change in found.items()} == {"y": Standing.UNSURE, "s": Standing.GONE}


def test_another_macro_is_another_declaration() -> None:
    page = "$\\newcommand{{\\half}}{{\\frac{{1}}{}}}$\n\n$$x + x = 4 \\half x$$\n"
    (change,) = compared(page.format("{2}"), page.format("{3}")).values()
    assert (change.name, change.standing) == (DECLARATIONS, Standing.UNSURE)
    assert "\\newcommand{\\half}{\\frac{1}{2}}" in change.before and "\\frac{1}{3}" in change.now


def test_declarations_of_the_command_line_count() -> None:
    text = "$$x + x = 2 x$$\n"
    found = of_document("page.md", Checking("x :  R\n\n"), text_document, text, "page.md")
    assert found.snapshot.declared == ("x : R",)


def test_what_is_marked_is_not_locked() -> None:
    text = "<!-- gradproof: expect-wrong -->\n$$x + x = x$$\n<!-- gradproof: skip -->\n$$2x = x + x$$\n"
    assert set(taken(text).snapshot.formulas) == {"p", "E"}


@pytest.mark.parametrize(
    ("before", "now", "reason"),
    [
        (Formula("f", "=", "x^2"), Formula("f", "≤", "x^2"), "the sign was = and is ≤"),
        (Formula("f", "=", "x"), Formula("f", "=", "x", "x > 0"), "other conditions"),
        (Formula("f", "=", "|x|", "x > 0"), Formula("f", "=", "x", "x > 0"), "it has conditions"),
        (Formula("x", "=", "x"), Formula("y", "=", "y"), "its left side is another one"),
        (Formula("f", "=", "\\alfa("), Formula("f", "=", "x"), ""),
        (Formula("f", "=", "a + x"), Formula("f", "=", "b + x"), ""),
    ],
)
def test_what_is_not_known_is_not_called_a_change(before: Formula, now: Formula, reason: str) -> None:
    found = meaning(before, now)
    assert found.same is None and found.point is None and found.reason
    assert reason in found.reason


def test_what_only_agrees_is_not_taken_for_the_same() -> None:
    recursion = Formula("y", "=", "x"), Formula("y", "=", "x + 10^{-30} \\sin x")
    assert meaning(*recursion).same is not True


def test_both_sides_may_be_written_in_another_way() -> None:
    assert meaning(Formula("x + x", "=", "y y"), Formula("2 x", "=", "y^2")).same is True


def test_what_needs_consent_stays_as_it_was() -> None:
    def snapshot(**rights: str) -> Snapshot:
        return Snapshot(("x : R",), {name: Formula(name, "=", right) for name, right in rights.items()})

    before, now = snapshot(a="1", b="x", c="x"), snapshot(a="2", b="+x", d="x")
    decisions = {"a": Decision(None), "b": Decision(True)}
    found = list(changes("s", before, now, lambda name, *_: decisions[name]))
    kept = accepted(before, now, found)
    assert {name: formula.right for name, formula in kept.formulas.items()} == {"a": "1", "b": "+x", "c": "x", "d": "x"}


# The catalogue

SOFTMAX = "softmax_jacobian"


def test_an_entry_is_locked_with_its_cases() -> None:
    snapshot = of_derivation(catalogue.find(SOFTMAX)).snapshot
    assert {SOFTMAX, f"{SOFTMAX}:textbook"} < set(snapshot.formulas)
    conditions = {name: formula.condition for name, formula in snapshot.formulas.items()}
    assert conditions[SOFTMAX] == "" and any(conditions.values())
    assert any(line.startswith("p_i = \\frac") for line in snapshot.declared)


@pytest.mark.parametrize(("right", "same"), [("p_i \\delta_{ij} - p_i p_j", True), ("p_i (\\delta_{ij} + p_j)", False)])
def test_a_result_of_the_catalogue_is_compared_by_meaning(right: str, same: bool) -> None:
    found = of_derivation(catalogue.find(SOFTMAX))
    now = found.snapshot.formulas[SOFTMAX]
    before = Formula(now.left, now.sign, right)
    assert same_meaning(before, now, *found.known[SOFTMAX], Effort()).same is same


def test_every_entry_can_be_locked(tmp_path: Path) -> None:
    snapshots = {name: of_derivation(catalogue.find(name)).snapshot for name in catalogue.names()}
    write_lock(tmp_path / "gradproof.lock", snapshots)
    assert read_lock(tmp_path / "gradproof.lock") == snapshots
    assert all(snapshot.formulas for snapshot in snapshots.values())


def test_an_entry_whose_declarations_cannot_be_read_is_compared_as_text() -> None:
    found = Taken(Snapshot(), {})
    decision = found.decided(Checking())("a", Formula("a", "=", "x"), Formula("a", "=", "1 x"))
    assert decision.same is None and "cannot be read" in decision.reason


# The file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"schema": "gradproof/lock/7", "sources": {}}',
        '{"schema": "gradproof/lock/1", "sources": []}',
        '{"schema": "gradproof/lock/1", "sources": {"a": {"declared": [1], "formulas": {}}}}',
        '{"schema": "gradproof/lock/1", "sources": {"a": {"declared": [], "formulas": {"b": {"left": "x"}}}}}',
        '{"schema": "gradproof/lock/1", "sources": {"a": {"declared": [], "formulas": '
        '{"b": {"left": "x", "sign": "=", "right": 1}}}}}',
    ],
)
def test_what_is_no_lock_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "gradproof.lock").write_text(text, encoding="utf-8")
    with pytest.raises(BadLock):
        read_lock(tmp_path / "gradproof.lock")
