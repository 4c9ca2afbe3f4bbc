"""From a trace to a bound: the operations of a run, carried out on enclosed values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import torch

from gradproof.verify.autograd.trace import Operation, Trace, Value
from gradproof.verify.evaluation import Unsupported

from .arithmetic import Arithmetic
from .enclosed import Discrete, Enclosed
from .formats import Format
from .rules import RULES
from .shapes import FILLED, MADE, MOVES, filled, made_of_whole_numbers, moved

#: The operations that have a rule of their own; a trace need not take them apart.
WHOLE = frozenset({*RULES, *MOVES, *FILLED, *MADE})

#: Those that take nothing but the shape of a tensor, which need not be known to them.
SHAPED = frozenset(FILLED)


def bound(trace: Trace, inputs: Mapping[str, torch.Tensor], format: Format) -> Enclosed:
    """How far rounding can move what Torch computes, in this format, from the exact value at these inputs.

    The inputs have the shapes of the traced run and entries of the format. The result has the shape of the output: its
    radius bounds the distance between Torch's result and the exact one. Raises Unsupported, with the name of the
    operation, for one that has no rule.
    """
    device = next(iter(inputs.values())).device if inputs else torch.device("cpu")
    arithmetic = Arithmetic(format, device)
    known: dict[Value, Any] = {value: _given(arithmetic, tensor) for value, tensor in trace.constants.items()}
    known |= {trace.inputs[name]: arithmetic.exact(tensor) for name, tensor in inputs.items()}
    for operation, spent in zip(trace.operations, _spent(trace), strict=True):
        arguments = {name: _present(argument, known) for name, argument in operation.arguments.items()}
        found = _apply(arithmetic, operation, arguments)
        for value, result in zip(
            operation.results, found if isinstance(found, (tuple, list)) else (found,), strict=True
        ):
            known[value] = result
        for value in spent:
            known.pop(value, None)  # of some only the shape was asked for
    return arithmetic.enclosed(known[trace.output])


def _spent(trace: Trace) -> list[list[Value]]:
    """For each operation the values that nobody asks for after it: their memory serves the next ones."""
    asked = {trace.output}
    found = []
    for operation in reversed(trace.operations):
        mentioned = {*operation.results, *_values(operation.arguments.values())}
        found.append([value for value in mentioned if value not in asked])
        asked |= mentioned
    return found[::-1]


def _values(arguments: Iterable[Any]) -> Iterator[Value]:
    for argument in arguments:
        if isinstance(argument, Value):
            yield argument
        elif isinstance(argument, tuple):
            yield from _values(argument)


def _apply(arithmetic: Arithmetic, operation: Operation, arguments: dict[str, Any]) -> Any:
    target = _functional(operation.target)
    if target in RULES:
        return RULES[target](arithmetic, **arguments)
    if target in MOVES:
        return moved(target, arguments)
    if target in FILLED:
        return filled(arithmetic, target, arguments, operation.results[0])
    if target in MADE:
        return made_of_whole_numbers(arithmetic, target, arguments, operation.results[0])
    raise Unsupported(f"Torch's {target} has no rounding rule")


@cache
def _functional(target: str) -> str:
    """The operation that one in place stands for: aten.add_.Tensor is aten.add.Tensor."""
    library, name, overload = target.split(".")
    return f"{library}.{name[:-1] if name.endswith('_') else name}.{overload}"


def _given(arithmetic: Arithmetic, tensor: torch.Tensor) -> Any:
    """A constant tensor of the run: numbers, truth values, or whole numbers such as places."""
    if tensor.dtype is torch.bool:
        return Discrete(tensor, torch.zeros_like(tensor))
    return arithmetic.exact(tensor) if tensor.dtype.is_floating_point else tensor


def _present(argument: Any, known: Mapping[Value, Any]) -> Any:
    if isinstance(argument, tuple):
        return tuple(_present(part, known) for part in argument)
    return known.get(argument) if isinstance(argument, Value) else argument
