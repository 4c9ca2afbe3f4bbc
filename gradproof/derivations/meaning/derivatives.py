"""Derivatives: ∂E/∂w, ∇E, second ones, and whether the variable is reached.

∂E/∂v is a cut: v is data at its present value, what lies downstream of it is run again, and everything else is held.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gradproof.derivations.calculus import Entry, Partial
from gradproof.derivations.notation.reading import Span
from gradproof.derivations.notation.reading import syntax as s
from gradproof.derivations.notation.reading.syntax import Attached, Name, Node, Scripts

from . import inverses
from .calls import arguments_of, by_argument, formal_of
from .dependence import data_of, of_only_array, reached
from .problems import Needs, NotUnderstood
from .references import is_name
from .values import Map, Meaning, Rows, Value

if TYPE_CHECKING:
    from .translate import Translator


def derivative(translator: Translator, node: s.Derivative) -> Meaning:
    """∂operand/∂by."""
    if node.operand is None:
        raise NotUnderstood("an operator of differentiation stands alone; what is differentiated?", node.span)
    if node.before and isinstance(node.operand, s.Product):
        return _operator(translator, node, node.operand)
    return _differentiated(translator, translator.meaning(node.operand), node.by, node.span)


def _operator(translator: Translator, node: s.Derivative, operand: s.Product) -> Meaning:
    """∂/∂w f · g: the operator reaches to the end of the product. Where that is not what every reader sees, we ask."""
    later = [factor for factor in operand.factors[1:] if _moves(translator, factor, node.by)]
    if later and any(sign for sign in operand.signs):
        raise Needs(
            "how far does the operator of differentiation reach? put brackets around what it is applied to", node.span
        )
    return _differentiated(translator, translator.meaning(operand), node.by, node.span)


def _moves(translator: Translator, factor: Node, by: tuple[Node, ...]) -> bool:
    """Whether a factor depends on a variable."""
    value = translator.meaning(factor)
    if isinstance(value, Rows):
        return True
    variable = _variable(translator, by[0])
    return reached(translator, value.expression, variable.expression.tensor)


def _differentiated(translator: Translator, value: Meaning, by: tuple[Node, ...], span: Span) -> Meaning:
    if isinstance(value, Rows):
        return value.each(lambda entry: _one(translator, entry, by, span))
    return _one(translator, value, by, span)


def differentiated(translator: Translator, value: Value, by: Node, span: Span) -> Value:
    """The derivative of a value by one variable."""
    return _by(translator, value, _variable(translator, of_only_array(translator, value, by)), span)


def primed(translator: Translator, value: Meaning, primes: int, span: Span) -> Value:
    """(tanh x)′ where x is the only number that the brackets depend on."""
    if isinstance(value, Value) and not value.rank:
        under = data_of(translator, value.expression)
        if len(under) == 1 and not (tensor := under.pop()).dims:
            translator.context.assumed[f"a prime is read as d/d{tensor.name}"] = ""
            for _ in range(primes):
                value = _by(translator, value, Value(Entry(tensor)), span)
            return value
    raise NotUnderstood("a prime at something that is no function of one number; write \\frac{d}{dx} (…)", span)


def _one(translator: Translator, value: Value, by: tuple[Node, ...], span: Span) -> Value:
    for variable in reversed(by):
        value = differentiated(translator, value, variable, span)
    return value


def _variable(translator: Translator, node: Node) -> Value:
    """What is differentiated by: a name with or without indices. Its expression is an entry of a tensor."""
    while isinstance(node, s.Group):
        node = node.body
    transposed = False
    if isinstance(node, Scripts) and isinstance(node.upper, Name) and node.upper.text in ("T", "⊤"):
        transposed = True
    if not is_name(node):
        raise NotUnderstood(
            "a derivative by something that is no name; it is taken by a name, such as w or W_{ij}", node.span
        )
    found = translator.meaning(node)
    if not isinstance(found, Value) or not isinstance(found.expression, Entry) or transposed:
        raise NotUnderstood(
            "a derivative by something that is no name; it is taken by a name, such as w or W_{ij}", node.span
        )
    return found


def _by(translator: Translator, value: Value, variable: Value, span: Span) -> Value:
    entry = variable.expression
    tensor = entry.tensor
    if value.map is not None:
        value = _second(value)
    inverses.refuse_derivative(translator, value.expression, tensor, span)
    if not reached(translator, value.expression, tensor):
        translator.context.unreached.append((span, str(tensor.name)))
    expression = Partial(value.expression, entry)
    axes = (*value.axes, *variable.axes)
    whole = value.expression.tensor if isinstance(value.expression, Entry) else None
    if not axes:
        return Value(expression, span=span)
    return Value(expression, axes, variable.row, Map(whole, tensor, value.rank), span)


def _second(value: Value) -> Value:
    """The derivative of a gradient: the gradient is a column."""
    assert value.map is not None
    if value.map.outputs:
        raise NotUnderstood("a second derivative of an array; write it for one entry, with indices", value.span)
    return Value(value.expression, value.axes, value.row, span=value.span)


def nabla(translator: Translator, node: s.Nabla) -> Meaning:
    """∇_w E, ∇f(x, z), ∇²E: the gradient has the shape of its variable."""
    if node.operand is None:
        raise NotUnderstood("∇ stands alone; of what is the gradient taken?", node.span)
    if node.by is None:
        return _ofarguments_of(translator, node)
    slot = _at_argument(translator, node)
    if slot is not None:
        return slot
    value = translator.meaning(node.operand)
    return _standing(_differentiated(translator, value, (node.by,) * node.order, node.span))


def widened(translator: Translator, nabla: s.Nabla, product: s.Product, place: int) -> Node | None:
    r"""The product in which ∇_w ½‖w‖² or ∇_w wᵀAw is one factor; None where ∇ ends with the factor behind it.

    It reaches on where that factor is an array or does not depend on the variable, but a later one does. Raises Needs
    where readers would differ.
    """
    rest = product.factors[place + 1 :]
    if nabla.operand is None or nabla.by is None or not rest or isinstance(rest[0], (s.Nabla, s.Derivative)):
        return None
    operand = translator.meaning(nabla.operand)
    later = [factor for factor in rest if not _differentiates(factor) and _moves(translator, factor, (nabla.by,))]
    moves = _moves(translator, nabla.operand, (nabla.by,))
    if not later or (isinstance(operand, Rows) and moves):
        return None
    if any(product.signs[place:]) or (isinstance(operand, Value) and not operand.rank and moves):
        raise Needs("how far does ∇ reach? put brackets around what it is applied to", product.span)
    inner = s.Product((nabla.operand, *rest), ("", *product.signs[place + 1 :]), span=product.span)
    whole = replace(nabla, operand=inner, span=product.span)
    if not place:
        return whole
    return s.Product((*product.factors[:place], whole), product.signs[:place], span=product.span)


def _differentiates(factor: Node) -> bool:
    return any(isinstance(part, (s.Nabla, s.Derivative)) for part in s.walk(factor))


def _at_argument(translator: Translator, node: s.Nabla) -> Meaning | None:
    """∇_w f(a) for f(w) = …: by the argument w, taken at a; None if it is a call at w itself, or no such call."""
    operand = node.operand
    if not isinstance(operand, Attached) or not is_name(operand.head) or node.order != 1:
        return None
    assert isinstance(operand.head, (Name, Scripts))
    reference = translator.context.refer(operand.head)
    glossary = translator.context.glossary
    definition = glossary.definitions.get(glossary.key(reference.head, reference.font))
    if definition is None or definition.arguments is None or node.by not in definition.arguments:
        return None
    arguments = arguments_of(operand.group.body)
    place = definition.arguments.index(node.by)
    if len(arguments) != len(definition.arguments) or arguments[place] == node.by:
        return None
    formal = [formal_of(translator, argument) for argument in definition.arguments]
    given = [translator.value(argument) for argument in arguments]
    return by_argument(translator, definition, formal, given, place, node.span)


def _standing(gradient: Meaning) -> Meaning:
    """A gradient is an array with the shape of its variable, in every layout."""
    if isinstance(gradient, Rows) or gradient.map is None or gradient.map.outputs:
        return gradient
    return replace(gradient, map=None)


def _ofarguments_of(translator: Translator, node: s.Nabla) -> Meaning:
    """∇f(x): by the argument of the call; by several of them, the column of the derivatives."""
    operand = node.operand
    if isinstance(operand, (Name, Scripts)):
        operand = _call_of(translator, operand)
    if not isinstance(operand, Attached):
        raise Needs("by what is the gradient taken? write \\nabla_w", node.span)
    arguments = arguments_of(operand.group.body)
    if not all(is_name(argument) for argument in arguments):
        raise Needs("by what is the gradient taken? write \\nabla_w", node.span)
    value = translator.meaning(operand)
    if len(arguments) == 1:
        return _standing(_differentiated(translator, value, arguments * node.order, node.span))
    if isinstance(value, Rows) or value.rank or node.order != 1:
        raise NotUnderstood("a gradient by several arguments; write ∂f/∂x for each", node.span)
    entries = [_one(translator, value, (argument,), node.span) for argument in arguments]
    if any(entry.rank for entry in entries):
        raise NotUnderstood("a gradient by several arrays; write \\nabla_w for each", node.span)
    return Rows(tuple((entry,) for entry in entries), node.span)


def _call_of(translator: Translator, node: Name | Scripts) -> Node | None:
    """f as f(x, z), where it was defined so."""
    reference = translator.context.refer(node)
    definition = translator.context.glossary.definitions.get((reference.head, reference.font))
    if definition is None or definition.arguments is None:
        return None
    arguments = definition.arguments
    body = arguments[0] if len(arguments) == 1 else s.Listing(arguments, (",",) * (len(arguments) - 1))
    return Attached(node, s.Group("(", body), span=node.span)
