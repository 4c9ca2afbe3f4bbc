"""What a name means: a tensor with or without indices, a size, a constant, an argument of a function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import pi

from gradproof.derivations.calculus import (
    Dim,
    Domain,
    Downstream,
    Entry,
    Index,
    Sum,
    Tensor,
    delta,
    exp,
    free_indices,
    fresh,
    log,
)
from gradproof.derivations.calculus.positivity import below_one, positive
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading.syntax import Attached, Listing, Name, Node, Scripts

from .context import Context, entry
from .glossary import Definition, Function, Key
from .problems import NotUnderstood, ShapeClash
from .references import Reference, Unindexable
from .values import Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator

_UNUSABLE = frozenset("∞∅⊥")


def name(translator: Translator, node: Name | Scripts) -> Meaning:
    """The meaning of a name with its scripts."""
    context = translator.context
    constant = _euler(translator, node)
    if constant is not None:
        return constant
    try:
        reference = context.refer(node)
    except Unindexable as problem:
        raise NotUnderstood(str(problem), node.span) from problem
    if context.is_kronecker(reference):
        first, second = map(context.index, reference.indices)
        context.arrays.same(first, second, node.span)
        return translator.with_scripts(Value(delta(first, second), span=node.span), reference)
    value = _base(translator, reference)
    if reference.primes:
        raise NotUnderstood(f"a prime at {reference.head}, which is no function here", node.span)
    if context.glossary.suppressed and isinstance(value, Value) and len(reference.indices) < value.rank:
        reference = _with_suppressed(context, value, reference)
    return translator.with_scripts(indexed(context, value, reference), reference)


def _with_suppressed(context: Context, value: Value, reference: Reference) -> Reference:
    """z as z_i, where the index was left out."""
    letter = context.glossary.suppressed
    if reference.indices or value.rank != 1 or not context.is_index(letter):
        return reference
    return replace(reference, indices=(letter,))


def _euler(translator: Translator, node: Name | Scripts) -> Meaning | None:
    """e^x, where e is nothing else."""
    if not isinstance(node, Scripts) or node.base != Name("e") or node.upper is None or node.lower is not None:
        return None
    if translator.context.knows("e", ""):
        return None
    return translator.elementwise(translator.meaning(node.upper), exp)


def _base(translator: Translator, reference: Reference) -> Meaning:
    context = translator.context
    glossary = context.glossary
    key = (reference.head, reference.font)
    if key in context.scope:
        return context.scope[key]
    key = glossary.key(*key)
    if key in context.scope:
        return context.scope[key]
    if key in glossary.definitions or key in glossary.functions:
        tensor = tensor_of(translator, key, reference.span)
        return _at_loose(context, entry(tensor, reference.span), key)
    if key not in glossary.heads:
        if reference.head in glossary.sizes:
            return Value(glossary.sorts.dim(glossary.sorts.of_name(reference.head)), span=reference.span)
        if reference.head == "π":
            return Value(pi, span=reference.span)
        if reference.head in context.letters or reference.head in _UNUSABLE or not reference.head:
            raise NotUnderstood(f"{reference.head or 'nothing'} stands where a quantity is expected", reference.span)
        context.undeclared.setdefault(key, len(reference.indices))
    return entry(free_tensor(context, key), reference.span, context.head(key).row)


def _at_loose(context: Context, whole: Value, key: Key) -> Value:
    """B = y_i − m x_i at the i of the line: letters that a formula has besides its indices."""
    letters = context.loose.get(key, ())
    kept = whole.axes[: whole.rank - len(letters)]
    at = {axis: context.index(letter) for axis, letter in zip(whole.axes[len(kept) :], letters, strict=True)}
    lies = _lies(context, key) if len(kept) == 1 else False
    return Value(whole.expression.xreplace(at), kept, lies, span=whole.span)


def free_tensor(context: Context, key: Key) -> Tensor:
    """The tensor of a name that has no definition."""
    if key not in context.tensors:
        head = context.head(key)
        dims = [context.glossary.sorts.dim(context.axis(key, place)) for place in range(head.axes)]
        context.tensors[key] = Tensor(_spoken(context, key), *dims, domain=head.domain)
        if head.symmetric and len(dims) == 2:
            context.tensors[key] = _symmetric(context, key, dims)
    return context.tensors[key]


def _symmetric(context: Context, key: Key, dims: list[Dim]) -> Tensor:
    """A symmetric matrix is the sum of any matrix and its transpose."""
    context.glossary.sorts.unify(context.axis(key, 0), context.axis(key, 1))
    name = _spoken(context, key)
    half = Tensor(f"{name}/2", *dims)  # the half that, with its transpose, makes the whole
    i, j = (Index(letter, dims[0]) for letter in "ij")
    return Tensor(name, *dims, definition=((i, j), Entry(half, i, j) + Entry(half, j, i)))


def _spoken(context: Context, key: Key) -> str:
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
        raise NotUnderstood(f"{key[0]} is defined by itself; recursions are not understood", span)
    context.building.append(key)
    try:
        definition = context.glossary.definitions.get(key)
        found = _defined(translator, key, definition) if definition else _dependent(translator, key, span)
    finally:
        context.building.pop()
    context.tensors[key] = found
    return found


def _defined(translator: Translator, key: Key, definition: Definition) -> Tensor:
    context = translator.context
    opaque = _opaque(translator, key, definition)
    if opaque is not None:
        return opaque
    sorts = {letter: context.sort_of(letter) for letter in definition.indices}
    with context.bound(sorts) as letters, context.arguments({}):
        meaning = translator.meaning(definition.formula)
        if isinstance(meaning, Rows):
            raise NotUnderstood(f"{key[0]} is defined as a matrix that is written out", definition.formula.span)
        value = context.arrays.array(meaning)
        formal = tuple(letters[letter] for letter in definition.indices)
        axes = (*formal, *value.axes)
        _fit(context, key, axes, definition.formula.span)
        loose = sorted(free_indices(value.expression) - set(axes), key=lambda index: str(index.name))
    domain = _visible_domain(value)
    context.lying[key] = value.row
    context.loose[key] = tuple(str(index.name) for index in loose)
    axes = (*axes, *loose)
    return Tensor(
        _spoken(context, key), *(axis.dim for axis in axes), domain=domain, definition=(axes, value.expression)
    )


def _fit(context: Context, key: Key, axes: tuple[Index, ...], span: Span) -> None:
    """A definition has the shape that was declared for its name."""
    declared = context.glossary.heads.get(key)
    if declared is None:
        return
    if declared.axes != len(axes):
        raise ShapeClash(f"{key[0]} was declared with {declared.axes} axes, its definition has {len(axes)}", span)
    for place, axis in enumerate(axes):
        context.glossary.sorts.unify(context.axis(key, place), context.glossary.sorts.sort_of(axis.dim), span)


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
    tensor = Tensor(_spoken(context, key), *(sorts.dim(sorts.of_name(size)) for size in function.outputs))
    context.tensors[key] = tensor
    _through(translator, tensor, (formula.group.body,), definition.formula.span)
    return tensor


def _dependent(translator: Translator, key: Key, span: Span) -> Tensor:
    """E = E(a): a number that depends on everything through a."""
    function: Function = translator.context.glossary.functions[key]
    if not function.of:
        raise NotUnderstood(f"{key[0]} is a function and stands without its argument", span)
    tensor = Tensor(_spoken(translator.context, key))
    translator.context.tensors[key] = tensor
    _through(translator, tensor, function.of, span)
    return tensor


def _through(translator: Translator, tensor: Tensor, arguments: tuple[Node, ...], span: Span) -> None:
    through = []
    for argument in arguments:
        items = argument.items if isinstance(argument, Listing) else (argument,)
        for item in items:
            if not isinstance(item, (Name, Scripts)):
                raise NotUnderstood(f"{tensor.name} depends on something that is no name", span)
            reference = translator.context.refer(item)
            value = _base(translator, replace(reference, indices=()))
            if not isinstance(value, Value) or not isinstance(value.expression, Entry):
                raise NotUnderstood(f"{tensor.name} depends on something that is no name", span)
            through.append(value.expression.tensor)
    formal = tuple(Index(f"i{place}", dim) for place, dim in enumerate(tensor.dims))
    translator.context.given[Downstream(Entry(tensor, *formal), tuple(through))] = None


def _lies(context: Context, key: Key) -> bool | None:
    """Whether a defined vector is a row: declared so, or its formula is one."""
    declared = context.glossary.heads.get(key)
    return declared.row if declared is not None else context.lying.get(key, False)


def indexed(context: Context, value: Meaning, reference: Reference) -> Meaning:
    """The entry at the indices, which take the leading axes."""
    if not reference.indices:
        return value
    if isinstance(value, Rows):
        raise NotUnderstood("an index at a matrix that is written out", reference.span)
    if len(reference.indices) > value.rank:
        if not value.rank:
            raise ShapeClash(f"{reference.head} is a number and has the index {reference.indices[0]}", reference.span)
        raise ShapeClash(f"{reference.head} has {value.rank} axes and {len(reference.indices)} indices", reference.span)
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
    return Value(Sum(inner, bound) / bound.dim, value.axes[:-1], span=span)
