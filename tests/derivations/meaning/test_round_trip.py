"""What the printer writes is read back as what was written: read(write(e)) == e for the whole catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from sympy import Expr, Symbol

from gradproof.derivations import meaning
from gradproof.derivations.calculus import (
    At,
    Condition,
    Different,
    Dim,
    Downstream,
    Entry,
    Equal,
    Index,
    Negative,
    NonZero,
    Positive,
    Relation,
    Tensor,
    Untied,
    definitions_in,
    free_indices,
)
from gradproof.derivations.calculus.derivation import Derivation
from gradproof.derivations.calculus.functions import Activation, Applied
from gradproof.derivations.catalogue import derivations
from gradproof.derivations.meaning import Again, Glossary, Head, Translator, Value
from gradproof.derivations.meaning.conditions import regions
from gradproof.derivations.meaning.context import Context
from gradproof.derivations.meaning.glossary import Function
from gradproof.derivations.meaning.sorts import Sort, Sorts, root
from gradproof.derivations.notation import Layout, derivation_latex, latex, matrix_line, tree_latex
from gradproof.derivations.notation.conditions import condition_tree
from gradproof.derivations.notation.lines import chains
from gradproof.derivations.notation.names import written
from gradproof.derivations.notation.reading import Statement, Unread, read, read_formula
from gradproof.derivations.notation.reading.syntax import Attached, Chain, Name, Scripts
from gradproof.grading.said import translated
from gradproof.verify.check import check
from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Verdict

from .conftest import meaning_in

ENTRIES = [part for entry in derivations() for part in entry.walk()]


def expressions(part: Derivation) -> Iterator[Expr]:
    """All that stands in a derivation."""
    yield part.statement
    yield from (step.after for step in part.steps)
    if part.textbook is not None:
        yield part.textbook


def tensors_of(expression: Expr) -> set[Tensor]:
    found = set(expression.atoms(Tensor))
    for tensor in definitions_in(expression):
        found |= {tensor} | tensor.definition[1].atoms(Tensor)
    return found


class Known(Sorts):
    """Sizes that are those of the catalogue, whose preferred letters are part of what they are."""

    def __init__(self, sizes: dict[str, Dim]) -> None:
        super().__init__()
        self.sizes = sizes

    def dim(self, sort: Sort) -> Dim:
        found = root(sort)
        if found.dim is None and found.name in self.sizes:
            found.dim = self.sizes[found.name]
        return super().dim(sort)


def glossary_of(*expressions: Expr) -> Glossary:
    """A glossary that knows the tensors, functions, sizes and letters of expressions."""
    glossary = Glossary()
    dims: dict[str, Dim] = {}
    for expression in expressions:
        for tensor in tensors_of(expression):
            dims |= {str(dim.name): dim for dim in tensor.dims}
        dims |= {str(dim.name): dim for dim in expression.atoms(Dim)}
        dims |= {str(index.dim.name): index.dim for index in expression.atoms(Index)}
        for tensor in tensors_of(expression):
            head, font = key_of(tensor)
            sizes = tuple(str(dim.name) for dim in tensor.dims)
            glossary.heads[head, font] = Head(len(sizes), sizes, domain=tensor.domain)
            glossary.sizes |= set(sizes)
        for applied in expression.atoms(Applied):
            glossary.functions[head_of(applied.name), ""] = Function()
        glossary.sizes |= {str(dim.name) for dim in expression.atoms(Dim)}
        for index in free_indices(expression):
            glossary.ranges[str(index.name)] = str(index.dim.name)
            glossary.sizes.add(str(index.dim.name))
    glossary.sorts = Known(dims)
    return glossary


def head_of(function: str) -> str:
    """What is read where the name of a function is written."""
    call = read_formula(latex(Activation(function)(Entry(Tensor("x")))))
    assert isinstance(call, Attached)
    assert isinstance(call.head, Name)
    return str(call.head.text)


def key_of(tensor: Tensor) -> tuple[str, str]:
    node = read_formula(tree_latex(written(tensor.name)))
    assert isinstance(node, (Name, Scripts))
    reference = Context(Glossary()).refer(node)
    return reference.head, reference.font


def as_written(found: Expr, *originals: Expr) -> Expr:
    """The expression that was read, with the tensors and the functions of those that were written."""
    by_key = {key_of(tensor): tensor for original in originals for tensor in original.atoms(Tensor)}
    tensors = {tensor: by_key.get(key_of(tensor), tensor) for tensor in found.atoms(Tensor)}
    names = {applied.name for original in originals for applied in original.atoms(Applied)}
    functions = {Symbol(head_of(name)): Symbol(name) for name in names}
    return found.xreplace(functions).xreplace(tensors)


def same(one: Expr, other: Expr, given: tuple[Condition, ...] = ()) -> bool:
    return one == other or check(Claim("round trip", one, Relation.EQUAL, other, given)).verdict is Verdict.PROVED


@pytest.mark.parametrize("part", ENTRIES, ids=lambda part: part.name)
def test_index_form_is_read_back(part: Derivation) -> None:
    for expression in expressions(part):
        found = meaning_in(glossary_of(expression), latex(expression))
        assert isinstance(found, Value)
        assert not found.axes
        assert same(as_written(found.expression, expression), expression), latex(expression)


#: Conditions that are sentences, not formulas.
SENTENCES = (Untied, Downstream)


def conditions_in(text: str, glossary: Glossary) -> list[Condition]:
    """What a condition that is written says."""
    node = read_formula(text)
    for _ in range(60):
        glossary.sorts.start_again()
        context = Context(glossary)
        context.observe(node)
        try:
            return list(regions(Translator(context), node))
        except Again:
            continue
    raise AssertionError("the sizes do not come to rest")


@pytest.mark.parametrize("part", [part for part in ENTRIES if part.given], ids=lambda part: part.name)
def test_conditions_are_read_back(part: Derivation) -> None:
    for condition in part.given:
        text = tree_latex(condition_tree(condition, "en"))
        match condition:
            case Untied() | Downstream():
                continue
            case Equal() | Different():
                (found,) = conditions_in(text, glossary_of(*expressions(part)))
                assert found == condition
            case At(entry=entry, value=number):
                chain = read_formula(text)
                assert isinstance(chain, Chain)
                assert chain.signs == ("=",)
                left, right = chain.members
                assert left is not None
                assert right is not None
                ((one, other),) = translated(left, right, glossary_of(entry, number)).pairs
                assert as_written(one, entry) == entry
                assert same(as_written(other, number), number)
            case Positive(expression=expression) | Negative(expression=expression) | NonZero(expression=expression):
                (found,) = conditions_in(text, glossary_of(expression))
                assert isinstance(found, NonZero if isinstance(condition, NonZero) else Positive)
                sign = -1 if isinstance(condition, Negative) else 1
                assert same(sign * as_written(found.expression, expression), expression), text


def test_what_is_left_out_is_counted() -> None:
    """Everything is read back in index form; what has no form of matrices, and sentences, are not."""
    matrices = sum(any(matrix_line(part, layout) is not None for layout in LAYOUTS) for part in ENTRIES)
    given = [condition for part in ENTRIES for condition in part.given]
    sentences = sum(isinstance(condition, SENTENCES) for condition in given)
    print(f"{len(list(derivations()))} entries, {len(ENTRIES)} derivations with their branches, all in index form;")
    print(f"{matrices} also as matrices; {len(given)} conditions, {sentences} of them sentences, which are not read")
    assert len(given) > 2 * sentences


@pytest.mark.parametrize("entry", list(derivations()), ids=lambda entry: entry.name)
def test_the_signs_of_lines_are_read_back(entry: Derivation) -> None:
    """Equations, estimates in both directions, and strict ones."""
    parts = [part for block in derivation_latex(entry).split("\n\n") for part in read(block)]
    found = Counter(
        sign
        for part in parts
        if isinstance(part, Statement) and isinstance(part.formula, Chain)
        for sign in part.formula.signs
    )
    written_signs = Counter(line.sign for chain in chains(entry, "en") for line in chain.lines)
    assert {sign: found[sign] for sign in written_signs if sign != "="} == {
        sign: count for sign, count in written_signs.items() if sign != "="
    }
    assert found["="] >= written_signs["="]


LAYOUTS: tuple[Layout, ...] = ("numerator", "denominator")


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("part", ENTRIES, ids=lambda part: part.name)
def test_matrix_form_is_read_back(part: Derivation, layout: Layout) -> None:
    tree = matrix_line(part, layout)
    if tree is None:  # no operations of matrices express it
        return
    every = list(expressions(part))
    glossary = glossary_of(*every)
    glossary.layout = meaning.Layout(layout)
    line = read_formula(tree_latex(tree))
    assert isinstance(line, Chain)
    left, right = line.members
    assert left is not None
    assert right is not None
    for pair in translated(left, right, glossary).pairs:
        one, other = (as_written(side, *every) for side in pair)
        assert same(one, other, part.given), tree_latex(tree)


def test_most_matrix_forms_are_there() -> None:
    count = sum(matrix_line(part, layout) is not None for part in ENTRIES for layout in LAYOUTS)
    print(f"{count} lines of matrices")
    assert count > 40


def test_a_changed_formula_is_seen() -> None:
    changed = Counter()
    for part in ENTRIES[::7]:
        found = meaning_in(glossary_of(part.statement), latex(part.statement) + " + 1")
        assert isinstance(found, Value)
        changed[same(as_written(found.expression, part.statement), part.statement)] += 1
    assert changed[True] == 0
    assert changed[False] > 5


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("entry", list(derivations()), ids=lambda entry: entry.name)
def test_whole_blocks_are_read_with_their_reasons(entry: Derivation, language: str) -> None:
    parts = [part for block in derivation_latex(entry, language).split("\n\n") for part in read(block)]
    assert [part for part in parts if isinstance(part, Unread)] == []
    chains = [part.formula for part in parts if isinstance(part, Statement) and isinstance(part.formula, Chain)]
    steps = sum(len(part.steps) for part in entry.walk())
    assert sum(len(chain.signs) for chain in chains) >= steps
    assert max(len(chain.signs) for chain in chains) >= max(len(part.steps) for part in entry.walk())
