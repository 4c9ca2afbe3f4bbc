"""What a name means: a tensor with or without indices, a size, a constant, an argument of a function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import S, pi

from gradproof.derivations.calculus import (
    Index,
    Sum,
    delta,
    exp,
    fresh,
    log,
)
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import Name, Node, Scripts

from . import doubtful, quantities
from .context import Context
from .entries import entry
from .glossary import Key
from .problems import NotUnderstood, ShapeClash
from .references import Reference, Unindexable
from .values import Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator

_UNUSABLE = frozenset("∞∅⊥")


def name(translator: Translator, node: Name | Scripts, reference: Reference | None = None) -> Meaning:
    """The meaning of a name with its scripts, or with those of a reference."""
    context = translator.context
    constant = _euler(translator, node)
    if constant is not None:
        return constant
    try:
        reference = reference or context.refer(node)
    except Unindexable as problem:
        raise NotUnderstood(str(problem), node.span) from problem
    if context.is_kronecker(reference):
        first, second = map(context.index, reference.indices)
        context.arrays.same(first, second, node.span)
        return translator.with_scripts(Value(delta(first, second), span=node.span), reference)
    value = _constant(context, reference) or base(translator, reference)
    if reference.primes == 1 and not reference.indices and isinstance(value, Value) and value.rank:
        context.assumed[f"{reference.head}′ is read as the transpose of {reference.head}"] = ""
        reference = replace(reference, primes=0, transposed=not reference.transposed)
    if reference.primes:
        value = _primed(translator, value, reference)
    if context.glossary.suppressed and isinstance(value, Value) and len(reference.indices) < value.rank:
        reference = _with_suppressed(context, value, reference)
    if reference.transposed and isinstance(value, Value) and value.rank == len(reference.indices) == 2:
        reference = replace(reference, indices=reference.indices[::-1], transposed=False)  # an entry of Wᵀ
    return translator.with_scripts(indexed(context, value, reference), reference)


def _primed(translator: Translator, value: Meaning, reference: Reference) -> Value:
    """σ′ for a number σ that was said to depend on x alone: its derivative by x."""
    from . import derivatives

    glossary = translator.context.glossary
    function = glossary.functions.get(glossary.key(reference.head, reference.font))
    if function is None or len(function.of) != 1 or not isinstance(value, Value) or value.rank:
        raise NotUnderstood(
            f"a prime at {reference.head}, which is no function here; declare it, as in {reference.head} : R -> R",
            reference.span,
        )
    for _ in range(reference.primes):
        value = derivatives.differentiated(translator, value, function.of[0], reference.span)
    return value


def _constant(context: Context, reference: Reference) -> Value | None:
    """The identity matrix I and the vector of ones, of the size that fits."""
    sort = context.glossary.sorts.of_passing((context.room, reference.span.start, reference.head))
    if context.is_identity(reference):
        context.assumed["I is read as the identity matrix"] = ""
        one, other = (fresh(Index("k", context.glossary.sorts.dim(sort))) for _ in range(2))
        return Value(delta(one, other), (one, other), span=reference.span)
    if context.is_ones(reference):
        context.assumed["1 is read as the vector of ones"] = ""
        return Value(S.One, (fresh(Index("k", context.glossary.sorts.dim(sort))),), span=reference.span)
    return None


def _with_suppressed(context: Context, value: Value, reference: Reference) -> Reference:
    """z as z_i, where the index was left out."""
    letter = context.glossary.suppressed
    if reference.indices or value.rank != 1 or not context.is_index(letter):
        return reference
    return replace(reference, indices=(letter,))


def _euler(translator: Translator, node: Name | Scripts) -> Meaning | None:
    """e^x, where e is nothing else."""
    if not is_power_of_e(translator, node):
        return None
    assert isinstance(node, Scripts) and node.upper is not None
    exponent = translator.meaning(node.upper)
    doubtful.exponential(translator, exponent)
    return translator.elementwise(exponent, exp)


def is_power_of_e(translator: Translator, node: Node) -> bool:
    """Whether a node is a power of Euler's number."""
    if not isinstance(node, Scripts) or node.base != Name("e") or node.upper is None or node.lower is not None:
        return False
    return not translator.context.knows("e", "")


def base(translator: Translator, reference: Reference) -> Meaning:
    context = translator.context
    glossary = context.glossary
    key = (reference.head, reference.font)
    if key in context.scope:
        return context.scope[key]
    key = glossary.key(*key)
    if key in context.scope:
        return context.scope[key]
    if key in glossary.definitions or key in glossary.functions:
        tensor = quantities.tensor_of(translator, key, reference.span)
        return _at_loose(context, entry(tensor, reference.span), key)
    if key not in glossary.heads:
        if reference.head in glossary.sizes:
            return Value(glossary.sorts.dim(glossary.sorts.of_name(reference.head)), span=reference.span)
        if reference.head == "π":
            return Value(pi, span=reference.span)
        if reference.head in context.letters or reference.head in _UNUSABLE or not reference.head:
            raise NotUnderstood(
                f"{reference.head or 'nothing'} stands where a quantity is expected; is a name missing?", reference.span
            )
        context.undeclared.setdefault(key, len(reference.indices))
    return entry(quantities.free_tensor(context, key), reference.span, context.head(key).row)


def _at_loose(context: Context, whole: Value, key: Key) -> Value:
    """B = y_i − m x_i at the i of the line: letters that a formula has besides its indices."""
    letters = context.loose.get(key, ())
    kept = whole.axes[: whole.rank - len(letters)]
    at = {axis: context.index(letter) for axis, letter in zip(whole.axes[len(kept) :], letters, strict=True)}
    for axis, index in at.items():
        context.arrays.same(axis, index, whole.span)
    lies = _lies(context, key) if len(kept) == 1 else False
    return Value(whole.expression.xreplace(at), kept, lies, span=whole.span)


def _lies(context: Context, key: Key) -> bool | None:
    """Whether a defined vector is a row: declared so, or its formula is one."""
    declared = context.glossary.heads.get(key)
    return declared.row if declared is not None else context.lying.get(key, False)


def indexed(context: Context, value: Meaning, reference: Reference) -> Meaning:
    """The entry at the indices, which take the leading axes."""
    if not reference.indices:
        return value
    if isinstance(value, Rows):
        raise NotUnderstood("an index at a matrix that is written out; give the matrix a name", reference.span)
    if len(reference.indices) > value.rank:
        if not value.rank:
            raise ShapeClash(
                f"{reference.head} is a number and has the index {reference.indices[0]}; declare {reference.head} : n",
                reference.span,
            )
        raise ShapeClash(
            f"{reference.head} has {value.rank} axes and {len(reference.indices)} indices; is one too many?",
            reference.span,
        )
    value = value.anew()
    expression = value.expression
    replaced = {}
    for axis, letter in zip(value.axes, reference.indices, strict=False):
        index = context.index(letter)
        context.arrays.same(axis, index, reference.span)
        replaced[axis] = index
    return replace(
        value,
        expression=expression.xreplace(replaced),
        axes=value.axes[len(replaced) :],
        row=_lies_indexed(context, reference, value.rank - len(replaced)),
        map=None,
    )


def _lies_indexed(context: Context, reference: Reference, rank: int) -> bool | None:
    """A vector of a family x_i is what it was declared; a row of a matrix may lie or stand."""
    key = context.glossary.key(reference.head, reference.font)
    head, definition = context.glossary.heads.get(key), context.glossary.definitions.get(key)
    if rank != 1:
        return False
    if head is not None and sum(not size for size in head.sizes) == len(reference.indices):
        return head.row
    if definition is not None and len(definition.indices) == len(reference.indices):
        return _lies(context, key)
    return None


def along_last(value: Value, function: str, span: Span) -> Value:
    """softmax and its kin along the last axis."""
    if not value.rank:
        raise NotUnderstood(f"{function} of a number; it takes a vector, as in {function}(z)_i", span)
    bound = fresh(value.axes[-1])
    inner = value.expression.xreplace({value.axes[-1]: bound})
    match function:
        case "softmax":
            return replace(value, expression=exp(value.expression) / Sum(exp(inner), bound), map=None)
        case "logsoftmax":
            return replace(value, expression=value.expression - log(Sum(exp(inner), bound)), map=None)
        case "logsumexp":
            return Value(log(Sum(exp(inner), bound)), value.axes[:-1], span=span)
    total = Sum(inner, bound)
    return Value(total if function == "sum" else total / bound.dim, value.axes[:-1], span=span)
