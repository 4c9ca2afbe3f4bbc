"""What a value depends on: through definitions, and through what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr

from gradproof.derivations.calculus import Downstream, Entry, Tensor, definitions_in
from gradproof.derivations.calculus.differentiation import depends_on
from gradproof.derivations.notation.reading.syntax import Name, Node, Scripts

from .values import Value

if TYPE_CHECKING:
    from .translate import Translator


def reached(translator: Translator, expression: Expr, variable: Tensor) -> bool:
    """Whether an expression depends on the variable, through definitions and through what it is said to depend on."""
    return any(depends_on(tensor, variable) for tensor in tensors_of(translator, expression))


def tensors_of(translator: Translator, expression: Expr) -> set[Tensor]:
    """The tensors that an expression rests on."""
    conditions = [condition for condition in translator.context.given if isinstance(condition, Downstream)]
    tensors = {used.tensor for used in expression.atoms(Entry)}
    tensors |= {used.tensor for tensor in definitions_in(expression) for used in tensor.definition[1].atoms(Entry)}
    seen: set[Tensor] = set()
    while tensors:
        tensor = tensors.pop()
        if tensor in seen:
            continue
        seen.add(tensor)
        for condition in conditions:
            if condition.value.tensor == tensor:
                tensors |= set(condition.through)
        if tensor.definition is not None:
            tensors |= {used.tensor for used in tensor.definition[1].atoms(Entry)}
    return seen


def data_of(translator: Translator, expression: Expr) -> set[Tensor]:
    """The tensors without a definition that an expression rests on."""
    return {tensor for tensor in tensors_of(translator, expression) if tensor.definition is None}


def of_only_array(translator: Translator, value: Value, by: Node) -> Node:
    """z_j for ∂_j where the value depends on one array only that nothing defines; else the variable as it is."""
    context = translator.context
    if not isinstance(by, Name) or by.accents or by.font or context.knows(by.text, "") or not context.is_index(by.text):
        return by
    under = data_of(translator, value.expression)
    heads = [key for key, tensor in context.tensors.items() if tensor in under and len(tensor.dims) == 1]
    if len(heads) != 1 or context.glossary.heads.get(heads[0]) is None:
        return by
    head, font = heads[0]
    context.assumed[f"∂_{by.text} is read as ∂/∂{head}_{by.text}"] = ""
    return Scripts(Name(head, font, span=by.span), by, None, span=by.span)
