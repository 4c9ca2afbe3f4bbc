"""The tensor of a name: free, defined by a formula, or known only by what it depends on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Downstream,
    Entry,
    Index,
    Tensor,
    free_indices,
)
from gradproof.derivations.calculus.positivity import below_one, positive
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import Attached, Listing, Name, Node, Scripts

from . import names
from .context import Context
from .entries import defined_as
from .glossary import Definition, Function, Key
from .letters import foresee
from .problems import Needs, NotUnderstood, ShapeClash
from .remembered import recalled
from .values import Rows, Value

if TYPE_CHECKING:
    from .translate import Translator


def free_tensor(context: Context, key: Key) -> Tensor:
    """The tensor of a name that has no definition."""
    if key not in context.tensors:
        head = context.head(key)
        dims = [context.glossary.sorts.dim(context.axis(key, place)) for place in range(head.axes)]
        context.tensors[key] = Tensor(spoken(context, key), *dims, domain=head.domain)
        if head.symmetric and len(dims) == 2:
            context.tensors[key] = _symmetric(context, key, dims)
    return context.tensors[key]


def _symmetric(context: Context, key: Key, dims: list[Dim]) -> Tensor:
    """A symmetric matrix is the sum of any matrix and its transpose."""
    context.glossary.sorts.unify(context.axis(key, 0), context.axis(key, 1))
    name = spoken(context, key)
    half = Tensor(f"{name}/2", *dims)  # the half that, with its transpose, makes the whole
    i, j = (Index(letter, dims[0]) for letter in "ij")
    return Tensor(name, *dims, definition=((i, j), Entry(half, i, j) + Entry(half, j, i)))


def spoken(context: Context, key: Key) -> str:
    """The name as the reader of a counterexample sees it; bold is said only where the plain letter is used as well."""
    head, font = key
    twin = (head, "" if font else "bold")
    both = font and (context.glossary.knows(*twin) or twin in context.undeclared)
    return f"{head} (bold)" if both else head


def tensor_of(translator: Translator, key: Key, span: Span) -> Tensor:
    """The tensor of a name that is defined, or of which is known on what it depends."""
    context = translator.context
    if key in context.tensors:
        return context.tensors[key]
    if key in context.building:
        raise NotUnderstood(
            f"{key[0]} is defined by itself; a recursion has an index, as in h_k = w h_{{k-1}}, k : 1..n", span
        )
    definition = context.glossary.definitions.get(key)
    recall = recalled(context, key) if definition and context.recalls else None
    if recall is not None:
        context.tensors[key] = recall
        return recall
    context.building.append(key)
    try:
        found = _by_formula(translator, key, definition) if definition else _dependent(translator, key, span)
    except ShapeClash as clash:  # no line is wrong because a definition that it names is
        if context.foresees:  # it is only sure where nothing was foreseen
            raise
        raise Needs(f"the definition of {key[0]} does not fit what is declared; mend one of them: {clash}") from clash
    finally:
        context.building.pop()
    context.tensors[key] = found
    return found


def _by_formula(translator: Translator, key: Key, definition: Definition) -> Tensor:
    context = translator.context
    opaque = _opaque(translator, key, definition)
    if opaque is not None:
        return opaque
    with context.arguments({}, key):
        own = {letter: context.own_sort_of(letter) for letter in definition.indices}
        foresee(context, own, definition.formula)
    with context.arguments({}, key), context.bound(own) as letters:
        meaning = translator.meaning(definition.formula)
        if isinstance(meaning, Rows):
            raise NotUnderstood(
                f"{key[0]} is defined as a matrix that is written out; write that matrix in its place",
                definition.formula.span,
            )
        value = context.arrays.array(meaning)
        formal = tuple(letters[letter] for letter in definition.indices)
        axes = (*formal, *value.axes)
        _fit(context, key, axes)
        loose = sorted(free_indices(value.expression) - set(axes), key=lambda index: str(index.name))
    domain = _visible_domain(value)
    context.lying[key] = value.row
    context.loose[key] = tuple(str(index.name) for index in loose)
    axes = (*axes, *loose)
    return defined_as(spoken(context, key), axes, value.expression, domain)


def _fit(context: Context, key: Key, axes: tuple[Index, ...]) -> None:
    """A definition has the shape that was declared for its name. Raises ShapeClash."""
    declared, sorts = context.glossary.heads.get(key), context.glossary.sorts
    if declared is None:
        return
    if declared.axes != len(axes):
        raise ShapeClash(
            f"{key[0]} was declared with {declared.axes} axes, its definition has {len(axes)}; which is meant?"
        )
    for place, axis in enumerate(axes):
        sorts.unify(context.axis(key, place), sorts.sort_of(axis.dim))


def _visible_domain(value: Value) -> Domain:
    """What can be seen of a formula: that it lies between 0 and 1, or is positive."""
    if positive(value.expression):
        return Domain.UNIT if below_one(value.expression) else Domain.POSITIVE
    return Domain.REAL


def _opaque(translator: Translator, key: Key, definition: Definition) -> Tensor | None:
    """y = g(x) with g known by its shapes only: y depends on everything through x."""
    formula = definition.formula
    if not isinstance(formula, Attached) or not isinstance(formula.head, (Name, Scripts)):
        return None
    context = translator.context
    reference = context.refer(formula.head)
    function = context.glossary.functions.get((reference.head, reference.font))
    if function is None or function.of or not (function.inputs or function.outputs):
        return None
    sorts = context.glossary.sorts
    tensor = Tensor(spoken(context, key), *(sorts.dim(sorts.of_name(size)) for size in function.outputs))
    context.tensors[key] = tensor
    _through(translator, tensor, (formula.group.body,), definition.formula.span)
    return tensor


def _dependent(translator: Translator, key: Key, span: Span) -> Tensor:
    """E = E(a): a number that depends on everything through a."""
    function: Function = translator.context.glossary.functions[key]
    if not function.of:
        raise NotUnderstood(f"{key[0]} is a function and stands without its argument; write {key[0]}(x)", span)
    tensor = Tensor(spoken(translator.context, key))
    translator.context.tensors[key] = tensor
    _through(translator, tensor, function.of, span)
    return tensor


def _through(translator: Translator, tensor: Tensor, arguments: tuple[Node, ...], span: Span) -> None:
    through = []
    for argument in arguments:
        items = argument.items if isinstance(argument, Listing) else (argument,)
        for item in items:
            if not isinstance(item, (Name, Scripts)):
                raise NotUnderstood(
                    f"{tensor.name} depends on something that is no name; write it as in E = E(a)", span
                )
            reference = translator.context.refer(item)
            value = names.base(translator, replace(reference, indices=()))
            if not isinstance(value, Value) or not isinstance(value.expression, Entry):
                raise NotUnderstood(
                    f"{tensor.name} depends on something that is no name; write it as in E = E(a)", span
                )
            through.append(value.expression.tensor)
    formal = tuple(Index(f"i{place}", dim) for place, dim in enumerate(tensor.dims))
    translator.context.given[Downstream(Entry(tensor, *formal), tuple(through))] = None
