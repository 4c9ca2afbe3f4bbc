"""Calls: f(x), σ′(z), log y, softmax(z); and a(b) where it is a product."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Expr

from gradproof.derivations.calculus import Activation, Entry, Partial
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Attached, Listing, Name, Node, Scripts

from . import cycles, doubtful, information, inverses, named, names, quantities
from .context import Context
from .definitions import pattern_of
from .entries import entry, held
from .functions import ALONG, ELEMENTWISE
from .glossary import Definition, Key
from .problems import Needs, NotUnderstood
from .references import Reference, Unindexable, is_multiple, is_name
from .values import Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator


def attached(translator: Translator, node: Attached, scripts: Scripts | None = None) -> Meaning:
    """A name with brackets behind it. Scripts behind the brackets belong to the whole call, or to the last factor."""
    called = _call(translator, node)
    if called is not None:
        return called if scripts is None else translator.scripted(called, scripts)
    context = translator.context
    second = node.group if scripts is None else replace(scripts, base=node.group)
    first: Node = node.head
    return context.arrays.multiply(translator.meaning(first), translator.meaning(second), "", node.span)


def _call(translator: Translator, node: Attached) -> Meaning | None:
    """The value of a call; None where the brackets are a factor."""
    context = translator.context
    pattern = context.glossary.patterns.get(pattern_of(node))
    if pattern is not None:
        return translator.meaning(pattern)
    if not is_name(node.head):
        return None
    arguments = arguments_of(node.group.body)
    assert isinstance(node.head, (Name, Scripts))
    found = information.call(translator, node.head, node.group.body, node.span)
    if found is not None:
        return found
    try:
        reference = context.refer(node.head)
    except Unindexable as problem:
        raise NotUnderstood(str(problem), node.span) from problem
    plain = replace(reference, power=None, transposed=False, inverse=False)
    called = _called(translator, plain, arguments, node.span)
    if called is not None:
        if reference.inverse:
            raise NotUnderstood(f"the inverse function of {reference.head}; say y = x as f(y) = x", node.span)
        return translator.with_scripts(called, replace(reference, inverse=False))
    if len(arguments) != 1 or isinstance(node.group.body, (Listing, s.Chain)):
        raise Needs(f"what is {reference.head}(…)? define it, as in {reference.head}(x) = …", node.span)
    if node.group.bracket == "[" and reference.head in ("E", "calE"):
        raise Needs("over what is the expectation taken? write it as a sum, or as E_{x \\sim p}", node.span)
    key = context.glossary.key(reference.head, reference.font)
    base = node.head.base if isinstance(node.head, Scripts) else node.head
    word = isinstance(base, Name) and base.font == "roman" and len(base.text) > 1
    if word and not (context.glossary.knows(*key) or key in context.plain):
        raise Needs(f"what is {reference.head}(…)? define it, as in {reference.head}(x) = …", node.span)
    doubtful.at_number(context, key, node)
    certain = names.is_power_of_e(translator, node.head) or context.is_kronecker(reference)
    if not (certain or context.is_ones(reference) or context.knows(*key) or key in context.plain):
        context.assumed[f"{reference.head}(…) is read as a product"] = f"{reference.head} : R"
    return None


def arguments_of(body: Node) -> tuple[Node, ...]:
    return body.items if isinstance(body, Listing) else (body,)


def _called(translator: Translator, reference: Reference, arguments: tuple[Node, ...], span: Span) -> Meaning | None:
    """The value of a call; None if the name is no function here."""
    context = translator.context
    key = context.glossary.key(reference.head, reference.font)
    definition = context.glossary.definitions.get(key)
    if definition is not None and definition.arguments is not None:
        return _defined(translator, reference, arguments, span)
    function = context.glossary.functions.get(key)
    if function is not None and not function.of:
        return _unknown(translator, reference, arguments, span)
    if _outcomes(context, key, arguments):
        whole = entry(quantities.free_tensor(context, key), span)
        return names.indexed(context, whole, replace(reference, indices=tuple(_letters(arguments))))
    if key in context.glossary.heads or definition is not None or function is not None or key in context.scope:
        return _quantity(translator, reference, arguments)
    if reference.head in ELEMENTWISE or reference.head in ALONG:
        return named.builtin(translator, reference, reference.primes, arguments, span)
    if reference.primes:
        raise Needs(
            f"which function is {reference.head}? declare it, as in {reference.head} : R -> R, or define it", span
        )
    letters = _letters(arguments)
    if all(letter in context.letters for letter in letters):  # p(x) under a sum over x
        context.undeclared[key] = max(context.undeclared.get(key, 0), len(letters))
        whole = entry(quantities.free_tensor(context, key), span)
        return names.indexed(context, whole, replace(reference, indices=tuple(letters)))
    return None


def _letters(arguments: tuple[Node, ...]) -> list[str]:
    return [part.text if isinstance(part, Name) and not part.accents else "" for part in arguments]


def _outcomes(context: Context, key: Key, arguments: tuple[Node, ...]) -> bool:
    """Whether p(x) is p at the outcome x: p is an array, and x runs in a sum or an expectation."""
    head = context.glossary.heads.get(key)
    bound = all(letter in context.letters for letter in _letters(arguments))
    return head is not None and head.axes == len(arguments) and bound


def _quantity(translator: Translator, reference: Reference, arguments: tuple[Node, ...]) -> Meaning | None:
    """E(a) for a quantity E that depends on a: the quantity itself; with primes its derivative by a.

    σ(−x) for a quantity σ of x is its formula at −x; σ(1 − σ) and σ(t − 1) are products.
    """
    glossary = translator.context.glossary
    key = glossary.key(reference.head, reference.font)
    definition, function = glossary.definitions.get(key), glossary.functions.get(key)
    if function is not None and function.of == arguments:
        return names.name(translator, Name(reference.head, reference.font), reference)
    alone = function is not None and len(function.of) == len(arguments) == 1 and not reference.indices
    if definition and function and alone and is_multiple(arguments[0], function.of[0]):
        return _elsewhere(translator, definition, formal_of(translator, function.of[0]), arguments[0], reference)
    if reference.primes and definition is not None:
        raise NotUnderstood(f"{reference.head} is a quantity and is called here; which is meant?", reference.span)
    return None


def _elsewhere(
    translator: Translator, definition: Definition, formal: Key, argument: Node, reference: Reference
) -> Meaning:
    """A quantity that was defined by a formula in x, with another number in the place of x."""
    glossary, nodes = translator.context.glossary, s.walk(definition.formula)
    if any(is_name(node) and glossary.key(*formal_of(translator, node)) in glossary.definitions for node in nodes):
        raise NotUnderstood(f"{reference.head} at another point; define {reference.head}(x) = …", reference.span)
    if reference.primes:
        value = translator.value(argument)
        return _slope(translator, definition.formula, formal, value, reference.primes, reference.span)
    with translator.context.arguments({formal: translator.value(argument)}, reference.span.start):
        return translator.meaning(definition.formula)


def _defined(translator: Translator, reference: Reference, arguments: tuple[Node, ...], span: Span) -> Meaning:
    """f(a) for f(x) = …; with primes the derivative by its argument, taken at a."""
    context = translator.context
    key = context.glossary.key(reference.head, reference.font)
    definition = context.glossary.definitions[key]
    assert definition.arguments is not None
    formal = [formal_of(translator, argument) for argument in definition.arguments]
    if reference.primes == 1 and len(arguments) == 1 < len(formal) and arguments[0] in definition.arguments:
        whole = [
            translator.value(argument) for argument in definition.arguments
        ]  # B′(m): by the argument that is named
        return by_argument(translator, definition, formal, whole, definition.arguments.index(arguments[0]), span)
    if len(definition.arguments) != len(arguments):
        count = len(definition.arguments)
        raise Needs(f"{reference.head} is defined with {count} arguments and gets {len(arguments)}; which?", span)
    for argument in arguments:
        cycles.require_acyclic(translator, reference, argument)
    given = [translator.value(argument) for argument in arguments]
    if not reference.primes:
        with context.arguments(dict(zip(formal, given, strict=True)), key, span.start):
            return translator.meaning(definition.formula)
    if len(given) != 1:
        return _gradient(translator, definition.formula, formal, given, reference, span)
    return _slope(translator, definition.formula, formal[0], given[0], reference.primes, span)


def formal_of(translator: Translator, argument: Node) -> Key:
    if not isinstance(argument, (Name, Scripts)):
        raise NotUnderstood("an argument of a definition is a name; as in f(x) = …", argument.span)
    reference = translator.context.refer(argument)
    return reference.head, reference.font


def _slope(translator: Translator, formula: Node, formal: Key, at: Value, primes: int, span: Span) -> Meaning:
    """f′(a): the derivative by a quantity that is defined as a."""
    whole = held(f"{formal[0]} at {span.start}", at.expression, at.axes)
    with translator.context.arguments({formal: Value(whole, at.axes, at.row)}, span.start):
        meaning = translator.value(formula)
    if meaning.rank != at.rank:
        raise NotUnderstood("a slope of a function of arrays; write its derivatives with ∂ and indices", span)
    if meaning.rank:
        meaning = meaning.on(at.axes)
    expression = meaning.expression
    inverses.refuse_derivative(translator, expression, whole.tensor, span)
    for _ in range(primes):
        expression = _carried_out(expression, whole) if primes > 1 else Partial(expression, whole)
    return Value(expression, at.axes, at.row, span=span)


def by_argument(
    translator: Translator, definition: Definition, formal: list[Key], given: list[Value], place: int, span: Span
) -> Meaning:
    """The derivative of f(a, b) by one of its arguments, taken where they are."""
    others = {key: value for at, (key, value) in enumerate(zip(formal, given, strict=True)) if at != place}
    at = given[place]
    whole = held(f"{formal[place][0]} at {span.start}", at.expression, at.axes)
    with translator.context.arguments({**others, formal[place]: Value(whole, at.axes, at.row)}, span.start):
        body = translator.scalar(definition.formula)
    inverses.refuse_derivative(translator, body, whole.tensor, span)
    return Value(Partial(body, whole), at.axes, at.row, span=span)


def _carried_out(expression: Expr, by: Entry) -> Expr:
    from gradproof.derivations.calculus.differentiation import gradient

    return gradient(expression, by)


def _gradient(
    translator: Translator,
    formula: Node,
    formal: list[Key],
    given: list[Value],
    reference: Reference,
    span: Span,
) -> Meaning:
    """f′(m, b) of a number: the column of its partial derivatives."""
    if reference.primes > 1 or any(value.rank for value in given):
        raise NotUnderstood("a prime at a function of several arguments; write ∂f/∂x", span)
    both = zip(formal, given, strict=True)
    variables = [held(f"{name} at {span.start}", value.expression, ()) for (name, _), value in both]
    values: dict[Key, Meaning] = {key: Value(variable) for key, variable in zip(formal, variables, strict=True)}
    with translator.context.arguments(values, span.start):
        body = translator.scalar(formula)
    return Rows(tuple((Value(Partial(body, variable), span=span),) for variable in variables), span)


def _unknown(translator: Translator, reference: Reference, arguments: tuple[Node, ...], span: Span) -> Meaning:
    """f(x) for f : R -> R, entry by entry."""
    function = translator.context.glossary.functions[translator.context.glossary.key(reference.head, reference.font)]
    if function.inputs or function.outputs:
        raise NotUnderstood(f"{reference.head} at another point; define {reference.head}(x) = …", span)
    if len(arguments) != 1:
        raise Needs(f"{reference.head} takes one argument and gets {len(arguments)}; which is meant?", span)
    activation = Activation(reference.head)
    return translator.elementwise(translator.meaning(arguments[0]), lambda x: activation(x, reference.primes))
