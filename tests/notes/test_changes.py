"""What a step changed is marked: exactly the new parts, and nothing where all is new."""

from __future__ import annotations

import pytest

from gradproof.derivations.notation import tree as t
from gradproof.derivations.notation import tree_text
from gradproof.derivations.notation.tree import Tree
from gradproof.notes.changes import changed, unmarked
from gradproof.notes.tree import Document

A, B, C, D = (t.Identifier(letter) for letter in "abcd")


def terms(*parts: Tree) -> t.SignedSum:
    return t.SignedSum(tuple(t.Term(part) for part in parts))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (t.Product((A, B)), t.Product((A, C)), "a ⟦c⟧"),
        (t.Product((A, B)), t.Product((A, C, D)), "a ⟦c d⟧"),
        (t.Product((A, B)), t.Product((B, A)), "b a"),
        (terms(A, B), terms(A, C), "a + ⟦c⟧"),
        (terms(A, B), terms(A, B, C), "a + b + ⟦c⟧"),
        (t.Fraction(A, B), t.Fraction(A, C), "a/⟦c⟧"),
        (t.Fraction(t.Product((A, B)), C), t.Fraction(t.Product((A, D)), C), "a ⟦d⟧/c"),
        (t.Product((A, t.Brackets(terms(B, C)))), t.Product((A, t.Brackets(terms(B, D)))), "a (b + ⟦d⟧)"),
        (t.Product((A, B, C)), t.Product((D, B, C), frozenset({1})), "⟦d⟧ · b c"),
        (t.Product((A, B)), A, "a"),
        (A, B, "b"),
        (t.Product((A, B)), t.Product((C, D)), "c d"),
    ],
)
def test_new_parts_are_marked(before: Tree, after: Tree, shown: str) -> None:
    assert tree_text(changed(before, after)) == shown


def test_only_marks_are_added(whole: dict[str, Document]) -> None:
    """Of every step of the catalogue, the line without its marks is the line."""
    marked = 0
    for section in whole["en"].sections():
        for row in section.steps.rows:
            plain = unmarked(row.formula)
            assert tree_text(row.formula).replace("⟦", "").replace("⟧", "") == tree_text(plain)
            marked += plain != row.formula
    assert marked > 50, "the catalogue has many steps that change a part of a line"
