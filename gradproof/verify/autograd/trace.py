"""What Torch does, written down while it does it: every operation of a run, with its arguments, shapes and dtypes.

A trace is neutral: it names the operations of ATen and holds no rule about them, so that several interpreters read the
same list. What is recorded is the path that runs, backward passes included, with the batch axis that it runs with.
Operations that Torch can express by simpler ones are replaced by those, except the ones that the caller wants whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import torch
from torch._decomp import core_aten_decompositions, get_decompositions
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

from gradproof.verify.evaluation import Unsupported

#: Operations that Torch can decompose but leaves whole unless it is asked.
ALSO_DECOMPOSED = (
    "sigmoid_backward", "tanh_backward", "_softmax", "_log_softmax", "_softmax_backward_data",
    "_log_softmax_backward_data", "gelu", "gelu_backward", "mse_loss", "mse_loss_backward", "binary_cross_entropy",
    "binary_cross_entropy_backward", "binary_cross_entropy_with_logits", "log_sigmoid_forward", "log_sigmoid_backward",
    "softplus", "softplus_backward", "logaddexp", "linalg_vector_norm", "logsumexp", "mv", "dot", "xlogy",
    "threshold_backward", "addmm", "addmv", "silu", "silu_backward", "nll_loss_forward", "nll_loss_backward",
    "native_layer_norm", "native_layer_norm_backward", "var_mean",
    "elu", "hardtanh", "leaky_relu", "rrelu_with_noise_backward",
)  # fmt: skip
#: Operations whose result is their argument under another name: they are not recorded.
SAME = ("aten.alias.default", "aten.detach.default", "aten.lift_fresh.default")
#: Arguments that say where and how a tensor is stored, not what it is.
STORAGE = ("layout", "device", "pin_memory", "memory_format", "non_blocking", "requires_grad")


@dataclass(frozen=True, slots=True)
class Value:
    """A tensor of the run, by number; `dtype` is Torch's name of it, such as "float32"."""

    number: int
    shape: tuple[int, ...]
    dtype: str


#: A value, a number, a truth value, a text (also for dtypes), None, or a tuple of these.
Argument = Any


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of ATen.

    target     its name with the overload, such as "aten.mul.Tensor"
    arguments  all of them by the names of Torch's schema, defaults filled in; what only says where and how a tensor is
               stored is left out, and dtypes are texts
    results    the values that it makes. An operation in place makes a new value, too, under the name that it has
               in Torch ("aten.add_.Tensor"): the old value is not changed in the list
    """

    target: str
    arguments: Mapping[str, Argument]
    results: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A run: inputs by name, constants that the run brought along, operations in their order, and what came out.

    asked    the truth values that the run asked for, and the answers: where these are others it is another run
    """

    inputs: Mapping[str, Value]
    constants: Mapping[Value, torch.Tensor]
    operations: tuple[Operation, ...]
    output: Value
    asked: tuple[tuple[Value, bool], ...] = ()


def trace(
    function: Callable[[Mapping[str, torch.Tensor]], torch.Tensor],
    inputs: Mapping[str, torch.Tensor],
    whole: frozenset[str] = frozenset(),
    asking: bool = False,
) -> Trace:
    """Runs the function on the inputs and records it; it may call torch.autograd.grad as often as it likes.

    whole    targets that are recorded as they are, although Torch can decompose them
    asking   whether a branch on a truth value is recorded, for a caller who makes sure of the answer
    Only operations on which the output depends are kept. Raises Unsupported where the path depends on values (a branch
    of Python on a tensor's entry) and where a tensor is written to while another one shares its memory.
    """
    recorder = _Recorder(whole, asking)
    named = {name: recorder.input(tensor) for name, tensor in inputs.items()}
    with recorder:
        output = recorder.value(function(inputs))
    return pruned(Trace(named, recorder.constants, tuple(recorder.operations), output, tuple(recorder.asked)))


class _Recorder(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Sees every operation below autograd, as it is about to run."""

    def __init__(self, whole: frozenset[str], asking: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.whole = whole
        self.asking = asking
        self.asked: list[tuple[Value, bool]] = []
        self.operations: list[Operation] = []
        self.constants: dict[Value, torch.Tensor] = {}
        self._values: dict[int, Value] = {}
        self._alive: list[torch.Tensor] = []  # so that no id is given to two tensors
        self._sharing: dict[int, int] = {}  # how many values lie in one piece of memory

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """No: nothing is compiled here, and to skip the compiler Torch would load it first, which takes seconds."""
        return False

    def __torch_dispatch__(self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None) -> Any:
        given = kwargs or {}
        if str(func) not in self.whole:
            with self:  # the parts are recorded in place of the whole
                parts = _decompositions().get(func)
                found = func.decompose(*args, **given) if parts is None else parts(*args, **given)
            if found is not NotImplemented:
                return found
        if str(func) == "aten._local_scalar_dense.default":
            if self.asking and args[0].dtype is torch.bool:
                self.asked.append((self.value(args[0]), bool(answer := func(*args, **given))))
                return answer
            raise Unsupported("the path that Torch takes depends on the entries of a tensor")
        if str(func) in SAME:
            return self._renamed(args[0], func(*args, **given))
        arguments = self._arguments(func, args, given)
        written = _written(func)
        before = None if written is None else self.value(args[written])
        if written is not None and self._sharing[_memory(args[written])] > 1:
            raise Unsupported(f"{func} writes into memory that another tensor shares")
        out = func(*args, **given)
        results = tuple(self._new(leaf) for leaf in tree_leaves(out) if isinstance(leaf, torch.Tensor))
        if written is not None:
            self._rewritten(before, results[0] if out is args[written] else self._new(args[written]))
        self.operations.append(Operation(str(func), arguments, results))
        return out

    def input(self, tensor: torch.Tensor) -> Value:
        return self._new(tensor)

    def value(self, tensor: torch.Tensor) -> Value:
        """The value that a tensor is; one that no operation of the run has made is a constant."""
        found = self._values.get(id(tensor))
        if found is None:
            found = self._new(tensor)
            self.constants[found] = tensor.detach()
        return found

    def _new(self, tensor: torch.Tensor) -> Value:
        found = Value(len(self._alive), tuple(tensor.shape), _name(tensor.dtype))
        if id(tensor) not in self._values:
            self._sharing[_memory(tensor)] = self._sharing.get(_memory(tensor), 0) + 1
        self._keep(tensor, found)
        return found

    def _renamed(self, tensor: torch.Tensor, same: torch.Tensor) -> torch.Tensor:
        self._keep(same, self.value(tensor))
        return same

    def _rewritten(self, before: Value | None, after: Value) -> None:
        """What had a value under several names has another one under all of them."""
        for tensor, value in self._values.items():
            if value == before:
                self._values[tensor] = after

    def _keep(self, tensor: torch.Tensor, value: Value) -> None:
        self._values[id(tensor)] = value
        self._alive.append(tensor)

    def _arguments(self, func: Any, args: tuple[Any, ...], given: Mapping[str, Any]) -> dict[str, Argument]:
        arguments = {}
        for place, (name, default) in enumerate(_schema(func)):
            if name not in STORAGE:
                arguments[name] = self._neutral(args[place] if place < len(args) else given.get(name, default))
        return arguments

    def _neutral(self, argument: Any) -> Argument:
        if isinstance(argument, torch.Tensor):
            return self.value(argument)
        if isinstance(argument, (list, tuple)):
            return tuple(self._neutral(part) for part in argument)
        return _name(argument) if isinstance(argument, torch.dtype) else argument


def pruned(whole: Trace, shaped: frozenset[str] = frozenset()) -> Trace:
    """Without the operations, and the constants, on which the output does not depend.

    shaped    targets of operations that take nothing but the shape of their arguments
    """
    needed = {whole.output, *(value for value, _ in whole.asked)}
    kept = []
    for operation in reversed(whole.operations):
        if needed.intersection(operation.results):
            kept.append(operation)
            if operation.target not in shaped:
                needed |= {leaf for leaf in tree_leaves(list(operation.arguments.values())) if isinstance(leaf, Value)}
    constants = {value: tensor for value, tensor in whole.constants.items() if value in needed}
    return Trace(whole.inputs, constants, tuple(reversed(kept)), whole.output, whole.asked)


def _name(dtype: torch.dtype) -> str:
    return str(dtype).removeprefix("torch.")


def _memory(tensor: torch.Tensor) -> int:
    return int(tensor.untyped_storage().data_ptr()) if tensor.numel() else -id(tensor)


@cache
def _schema(func: Any) -> tuple[tuple[str, Any], ...]:
    """The names and defaults of the arguments of an operation."""
    return tuple((a.name, a.default_value if a.has_default_value() else None) for a in func._schema.arguments)


@cache
def _written(func: Any) -> int | None:
    """The place of the argument that the operation writes into, if it does."""
    for place, argument in enumerate(func._schema.arguments):
        if argument.alias_info is not None and argument.alias_info.is_write:
            return place
    return None


@lru_cache(maxsize=1)
def _decompositions() -> dict[Any, Callable[..., Any]]:
    packets = [getattr(torch.ops.aten, name) for name in ALSO_DECOMPOSED if hasattr(torch.ops.aten, name)]
    return {**core_aten_decompositions(), **get_decompositions(packets)}
