"""A copy of a glossary grows, and its sizes are unified, without a trace in the one that it was copied from."""

from __future__ import annotations

import copy
from dataclasses import fields

import pytest

from gradproof.derivations.calculus import Dim
from gradproof.derivations.meaning import Glossary, declared
from gradproof.derivations.meaning.problems import ShapeClash
from gradproof.derivations.meaning.sorts import Sorts

LINES = "X : N x d\nk : 1..n\nf : R -> R\nz = X w\ni \\ne j"
MORE = "Y : M x e\nl : 1..m\ng : R -> R\ny = Y v\nk \\ne l"


def test_a_copy_grows_alone() -> None:
    first, _ = declared(LINES)
    before = {field.name: copy.copy(getattr(first, field.name)) for field in fields(Glossary)}
    grown, _ = declared(MORE, first.copy())
    assert len(grown.heads) > len(first.heads) and len(grown.definitions) > len(first.definitions)
    assert len(grown.different) == 2 and len(grown.functions) == 2 and len(grown.ranges) == 2
    assert all(getattr(first, name) == value for name, value in before.items() if name != "sorts")


def test_nothing_that_can_change_is_shared() -> None:
    first = Glossary()
    other = first.copy()
    for field in fields(Glossary):
        value = getattr(first, field.name)
        if isinstance(value, (dict, list, set, Sorts)):
            assert getattr(other, field.name) is not value, field.name


def test_sizes_of_a_copy_are_unified_alone() -> None:
    sorts = Sorts({"x"})
    known, met, letter = sorts.of_name("n"), sorts.of_key("met"), sorts.of_key("letter")
    sorts.unify(met, letter)
    other = copy.copy(sorts)
    assert other.of_key("met") is other.of_key("letter") is not sorts.of_key("met")
    other.unify(other.of_name("n"), other.of_key("met"))
    assert other.dim(other.of_key("letter")) == Dim("n")
    assert sorts.of_key("met") is not sorts.of_name("n") and known.dim is None
    with pytest.raises(ShapeClash):
        other.unify(other.of_key("letter"), other.of_name("m"))
    assert sorts.dim(sorts.of_key("letter")) != Dim("n")
    assert other.reserved == {"x"} and other.reserved is not sorts.reserved
