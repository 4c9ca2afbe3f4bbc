"""Calls: f(x), σ′(z), log y, softmax(z); and a(b) where it is a product."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Expr

from gradproof.derivations.calculus import Activation, Entry, Index, Partial, Sum, Tensor, delta, fresh, log, relu
from gradproof.derivations.calculus.functions import derivative as slope_of
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Attached, Listing, Name, Node, Scripts

from . import information, names
from .context import entry, held
from .definitions import pattern_of
from .functions import ALONG, ELEMENTWISE, SPECIAL
from .glossary import Definition, Key
from .problems import Needs, NotUnderstood, ShapeClash
from .references import Reference, Unindexable, font_of, is_name
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
            raise NotUnderstood(f"the inverse function of {reference.head} is not understood", node.span)
        return translator.with_scripts(called, replace(reference, inverse=False))
    if len(arguments) != 1 or isinstance(node.group.body, (Listing, s.Chain)):
        raise Needs(f"what is {reference.head}(…)? define it, as in {reference.head}(x) = …", node.span)
    if node.group.bracket == "[" and reference.head in ("E", "calE"):
        raise Needs("over what is the expectation taken? write it as a sum, or as E_{x \\sim p}", node.span)
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
    if key in context.glossary.heads or definition is not None or function is not None or key in context.scope:
        return _quantity(translator, reference, arguments)
    if reference.head in ELEMENTWISE or reference.head in ALONG:
        return _builtin(translator, reference, reference.primes, arguments, span)
    if reference.primes:
        raise Needs(
            f"which function is {reference.head}? declare it, as in {reference.head} : R -> R, or define it", span
        )
    letters = [part.text if isinstance(part, Name) else "" for part in arguments]
    if all(letter in context.letters for letter in letters):  # p(x) under a sum over x
        context.undeclared[key] = max(context.undeclared.get(key, 0), len(letters))
        whole = entry(names.free_tensor(context, key), span)
        return names.indexed(context, whole, replace(reference, indices=tuple(letters)))
    return None


def _quantity(translator: Translator, reference: Reference, arguments: tuple[Node, ...]) -> Meaning | None:
    """E(a) for a quantity E that was said to depend on a: the quantity itself."""
    definition = translator.context.glossary.definitions.get((reference.head, reference.font))
    function = translator.context.glossary.functions.get((reference.head, reference.font))
    if function is not None and function.of == arguments:
        return names.name(translator, Name(reference.head, reference.font))
    if reference.primes and definition is not None:
        raise NotUnderstood(f"{reference.head} was defined as a quantity, not as a function", reference.span)
    return None


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
        raise Needs(f"{reference.head} was defined with {count} arguments, here it gets {len(arguments)}", span)
    for argument in arguments:
        _require_acyclic(translator, reference, argument)
    given = [translator.value(argument) for argument in arguments]
    if not reference.primes:
        with context.arguments(dict(zip(formal, given, strict=True))):
            return translator.meaning(definition.formula)
    if len(given) != 1:
        return _gradient(translator, definition.formula, formal, given, reference, span)
    return _slope(translator, definition.formula, formal[0], given[0], reference.primes, span)


def _require_acyclic(translator: Translator, reference: Reference, argument: Node) -> None:
    """B(m, f), where f is made of B: nobody means that."""
    if not isinstance(argument, (Name, Scripts)) or not is_name(argument):
        return
    context = translator.context
    other = context.refer(argument)
    waiting, seen = [context.glossary.key(other.head, other.font)], set()
    while waiting:
        key = waiting.pop()
        definition = context.glossary.definitions.get(key)
        if definition is None or key in seen:
            continue
        seen.add(key)
        for name in names_in(definition.formula):
            used = context.refer(name)
            waiting.append(context.glossary.key(used.head, used.font))
    if context.glossary.key(reference.head, reference.font) in seen:
        raise Needs(
            f"{other.head} stands as an argument of {reference.head}, of which it is made; which is meant?",
            argument.span,
        )


def names_in(formula: Node) -> list[Name | Scripts]:
    """The names of a formula, with their scripts."""
    if isinstance(formula, (Name, Scripts)) and is_name(formula):
        return [formula]
    return [name for part in s.children(formula) for name in names_in(part)]


def formal_of(translator: Translator, argument: Node) -> Key:
    if not isinstance(argument, (Name, Scripts)):
        raise NotUnderstood("an argument of a definition is a name", argument.span)
    reference = translator.context.refer(argument)
    return reference.head, reference.font


def _slope(translator: Translator, formula: Node, formal: Key, at: Value, primes: int, span: Span) -> Meaning:
    """f′(a): the derivative by a quantity that is defined as a."""
    whole = held(f"{formal[0]} at {span.start}", at.expression, at.axes)
    with translator.context.arguments({formal: Value(whole, at.axes, at.row)}):
        meaning = translator.value(formula)
    if meaning.rank != at.rank:
        raise NotUnderstood("the derivative of a function with other axes than its argument", span)
    if meaning.rank:
        meaning = meaning.on(at.axes)
    expression = meaning.expression
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
    with translator.context.arguments({**others, formal[place]: Value(whole, at.axes, at.row)}):
        body = translator.scalar(definition.formula)
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
        raise NotUnderstood("a derivative of a function of several arguments", span)
    variables = [
        held(f"{name} at {span.start}", value.expression, ()) for (name, _), value in zip(formal, given, strict=True)
    ]
    values: dict[Key, Meaning] = {key: Value(variable) for key, variable in zip(formal, variables, strict=True)}
    with translator.context.arguments(values):
        body = translator.scalar(formula)
    return Rows(tuple((Value(Partial(body, variable), span=span),) for variable in variables), span)


def _unknown(translator: Translator, reference: Reference, arguments: tuple[Node, ...], span: Span) -> Meaning:
    """f(x) for f : R -> R, entry by entry."""
    function = translator.context.glossary.functions[translator.context.glossary.key(reference.head, reference.font)]
    if function.inputs or function.outputs:
        raise NotUnderstood(f"a call of {reference.head}, which is known only as y = {reference.head}(x)", span)
    if len(arguments) != 1:
        raise Needs(f"{reference.head} was declared with one argument, here it gets {len(arguments)}", span)
    activation = Activation(reference.head)
    return translator.elementwise(translator.meaning(arguments[0]), lambda x: activation(x, reference.primes))


def _builtin(
    translator: Translator, reference: Reference, primes: int, arguments: tuple[Node, ...], span: Span
) -> Meaning:
    if len(arguments) != 1:
        raise NotUnderstood(f"{reference.head} with {len(arguments)} arguments", span)
    argument = translator.array(arguments[0])
    if reference.head in ALONG:
        if isinstance(argument, Rows) or primes:
            raise NotUnderstood(f"{reference.head} of this", span)
        if not argument.rank:
            raise Needs(f"{reference.head} of a number; declare its argument as a vector, as in z : n", span)
        found: Meaning = names.along_last(argument, reference.head, span)
        return names.indexed(translator.context, found, reference)
    function = ELEMENTWISE[reference.head]

    def applied(x: Expr) -> Expr:
        result = function(x)
        for _ in range(primes):
            result = _derived(result, x)
        return result

    return names.indexed(translator.context, translator.elementwise(argument, applied), reference)


def _derived(function: Expr, argument: Expr) -> Expr:
    from sympy import S

    from gradproof.derivations.calculus import Elementwise
    from gradproof.derivations.calculus.differentiation import gradient

    if isinstance(function, Elementwise) and function.argument == argument:
        return slope_of(function)
    variable = Entry(Tensor("x~"))
    return gradient(function.xreplace({argument: variable}), variable).xreplace({variable: argument}) or S.Zero


def applied(translator: Translator, node: s.Apply) -> Meaning:
    """log y, tanh(z), softmax(z)_i, max(0, z): a function that is known by its name."""
    function = node.function
    upper: Node | None = None
    lower: Node | None = None
    primes = 0
    if isinstance(function, Scripts):
        upper, lower, primes = function.upper, function.lower, function.primes
        function = function.base
    if not isinstance(function, Name):
        raise NotUnderstood("this function is not understood", node.span)
    name = function.text
    if translator.context.glossary.knows(name, font_of(function)):
        group = s.Group("(", node.argument, span=node.argument.span)
        return attached(translator, Attached(node.function, group, span=node.span))
    arguments = arguments_of(node.argument)
    if name in ("log", "ln") and lower is not None:
        base = translator.scalar(lower)
        found = translator.elementwise(translator.meaning(arguments[0]), lambda x: log(x) / log(base))
    elif name in SPECIAL:
        found = _special(translator, name, arguments, node)
    elif name in ELEMENTWISE or name in ALONG:
        found = _builtin(translator, Reference(name, span=node.span), primes, arguments, node.span)
    else:
        raise NotUnderstood(f"the function {name} is not understood", node.span)
    if upper is not None:
        return translator.raised(found, upper, node.span)
    return found


def _special(translator: Translator, name: str, arguments: tuple[Node, ...], node: s.Apply) -> Meaning:
    match name:
        case "max" | "min" if len(arguments) == 2:
            arrays = translator.context.arrays
            first, second = (translator.meaning(argument) for argument in arguments)
            gap = arrays.subtract(first, second, node.span)
            ramp = translator.elementwise(gap, relu)  # max(a, b) = b + relu(a − b)
            if name == "max":
                return arrays.add(second, ramp, node.span)
            return arrays.subtract(first, ramp, node.span)
        case "diag":
            return _diagonal(translator.value(arguments[0]), node.span)
        case "tr":
            value = translator.value(arguments[0])
            if value.rank != 2:
                raise ShapeClash(f"the trace of {value.shape()}", node.span)
            value = value.anew()
            bound, other = value.axes
            translator.context.arrays.same(bound, other, node.span)
            return Value(Sum(value.expression.xreplace({other: bound}), bound), span=node.span)
        case "KL":
            found = information.divergence(translator, node.argument, node.span)
            if found is not None:
                return found
    raise NotUnderstood(f"{name} is not understood here", node.span)


def _diagonal(value: Value, span: Span) -> Value:
    if value.rank != 1:
        raise NotUnderstood(f"diag of {value.shape()}", span)
    (axis,) = value.axes
    other = fresh(Index("k", axis.dim))
    return Value(value.expression * delta(axis, other), (axis, other), span=span)
