"""Arguments for every operation that has a rounding rule: one line each, so that no rule can go untested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

Draw = torch.Generator
SHAPE = (60, 4)


def real(draw: Draw, *shape: int) -> torch.Tensor:
    return torch.randn(shape or SHAPE, generator=draw, dtype=torch.float64)


def positive(draw: Draw, *shape: int) -> torch.Tensor:
    return torch.exp(real(draw, *shape))


def unit(draw: Draw) -> torch.Tensor:
    return torch.rand(SHAPE, generator=draw, dtype=torch.float64)


def spread(draw: Draw) -> torch.Tensor:
    """From tiny to large, of both signs."""
    return real(draw) * torch.exp2(torch.randint(-12, 5, SHAPE, generator=draw))


def truth(draw: Draw) -> torch.Tensor:
    return torch.rand(SHAPE, generator=draw) < 0.5


def places(draw: Draw) -> torch.Tensor:
    return torch.randint(0, SHAPE[1], SHAPE, generator=draw)


def logits(draw: Draw) -> torch.Tensor:
    return 5 * real(draw)


def outputs(draw: Draw) -> torch.Tensor:
    return torch.softmax(real(draw), 1)


#: The arguments that are no tensors.
Arguments = Callable[[Draw], dict[str, Any]]
_COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")

ARGUMENTS: dict[str, Arguments] = {
    "aten.add.Tensor": lambda d: {"self": spread(d), "other": spread(d), "alpha": 1},
    "aten.add.Scalar": lambda d: {"self": spread(d), "other": 0.3, "alpha": 2},
    "aten.sub.Tensor": lambda d: {"self": spread(d), "other": spread(d), "alpha": 3},
    "aten.sub.Scalar": lambda d: {"self": spread(d), "other": 0.3, "alpha": 1},
    "aten.rsub.Scalar": lambda d: {"self": spread(d), "other": 1.0, "alpha": 1},
    "aten.mul.Tensor": lambda d: {"self": spread(d), "other": spread(d)},
    "aten.mul.Scalar": lambda d: {"self": spread(d), "other": 1 / 3},
    "aten.div.Tensor": lambda d: {"self": spread(d), "other": positive(d)},
    "aten.div.Scalar": lambda d: {"self": spread(d), "other": 3.0},
    "aten.neg.default": lambda d: {"self": spread(d)},
    "aten.reciprocal.default": lambda d: {"self": positive(d)},
    "aten.sqrt.default": lambda d: {"self": positive(d)},
    "aten.rsqrt.default": lambda d: {"self": positive(d)},
    "aten.pow.Tensor_Scalar": lambda d: {"self": positive(d), "exponent": -1.5},
    "aten.pow.Tensor_Tensor": lambda d: {"self": positive(d), "exponent": real(d)},
    "aten.pow.Scalar": lambda d: {"self": 1.7, "exponent": real(d)},
    "aten.sum.dim_IntList": lambda d: {"self": spread(d), "dim": (1,), "keepdim": False, "dtype": None},
    "aten.sum.default": lambda d: {"self": positive(d, 3), "dtype": None},
    "aten.mean.dim": lambda d: {"self": spread(d), "dim": (1,), "keepdim": True, "dtype": None},
    "aten.mean.default": lambda d: {"self": positive(d, 3), "dtype": None},
    "aten.mm.default": lambda d: {"self": real(d, 7, 5), "mat2": real(d, 5, 6)},
    "aten.bmm.default": lambda d: {"self": real(d, 3, 7, 5), "mat2": real(d, 3, 5, 6)},
    "aten.mv.default": lambda d: {"self": real(d, 7, 5), "vec": real(d, 5)},
    "aten.dot.default": lambda d: {"self": real(d, 5), "tensor": real(d, 5)},
    "aten.addmm.default": lambda d: {
        "self": real(d, 7, 6),
        "mat1": real(d, 7, 5),
        "mat2": real(d, 5, 6),
        "beta": 1,
        "alpha": 2,
    },
    "aten.exp.default": lambda d: {"self": real(d)},
    "aten.expm1.default": lambda d: {"self": spread(d)},
    "aten.log.default": lambda d: {"self": positive(d)},
    "aten.log1p.default": lambda d: {"self": positive(d)},
    "aten.logaddexp.default": lambda d: {"self": logits(d), "other": logits(d)},
    "aten.xlogy.Tensor": lambda d: {"self": real(d), "other": positive(d)},
    "aten.sigmoid.default": lambda d: {"self": logits(d)},
    "aten.tanh.default": lambda d: {"self": spread(d)},
    "aten.erf.default": lambda d: {"self": spread(d)},
    "aten.sin.default": lambda d: {"self": logits(d)},
    "aten.cos.default": lambda d: {"self": logits(d)},
    "aten.relu.default": lambda d: {"self": real(d)},
    "aten.abs.default": lambda d: {"self": real(d)},
    "aten.sgn.default": lambda d: {"self": real(d)},
    "aten.sign.default": lambda d: {"self": real(d)},
    "aten.maximum.default": lambda d: {"self": real(d), "other": real(d)},
    "aten.minimum.default": lambda d: {"self": real(d), "other": real(d)},
    "aten.clamp.default": lambda d: {"self": real(d), "min": -0.3, "max": 0.7},
    "aten.clamp_min.default": lambda d: {"self": real(d), "min": 0.1},
    "aten.amax.default": lambda d: {"self": real(d), "dim": (1,), "keepdim": True},
    "aten.amin.default": lambda d: {"self": real(d), "dim": (1,), "keepdim": False},
    "aten._softmax.default": lambda d: {"self": logits(d), "dim": 1, "half_to_float": False},
    "aten._log_softmax.default": lambda d: {"self": logits(d), "dim": 1, "half_to_float": False},
    "aten._softmax_backward_data.default": lambda d: {
        "grad_output": real(d),
        "output": outputs(d),
        "dim": 1,
        "input_dtype": torch.float64,
    },
    "aten._log_softmax_backward_data.default": lambda d: {
        "grad_output": real(d),
        "output": outputs(d).log(),
        "dim": 1,
        "input_dtype": torch.float64,
    },
    "aten.sigmoid_backward.default": lambda d: {"grad_output": real(d), "output": unit(d)},
    "aten.tanh_backward.default": lambda d: {"grad_output": real(d), "output": 2 * unit(d) - 1},
    "aten.threshold_backward.default": lambda d: {"grad_output": real(d), "self": real(d), "threshold": 0.25},
    "aten.where.self": lambda d: {"condition": truth(d), "self": real(d), "other": real(d)},
    "aten.masked_fill.Scalar": lambda d: {"self": real(d), "mask": truth(d), "value": 0.1},
    "aten.logical_and.default": lambda d: {"self": truth(d), "other": truth(d)},
    "aten.logical_or.default": lambda d: {"self": truth(d), "other": truth(d)},
    "aten.logical_not.default": lambda d: {"self": truth(d)},
    "aten.bitwise_and.Tensor": lambda d: {"self": truth(d), "other": truth(d)},
    "aten.bitwise_or.Tensor": lambda d: {"self": truth(d), "other": truth(d)},
    "aten.bitwise_not.default": lambda d: {"self": truth(d)},
    **{f"aten.{name}.Scalar": lambda d: {"self": real(d), "other": 0.25} for name in _COMPARISONS},
    **{f"aten.{name}.Tensor": lambda d: {"self": real(d), "other": real(d)} for name in _COMPARISONS},
    "aten.topk.default": lambda d: {"self": real(d), "k": 2, "dim": 1, "largest": True, "sorted": True},
    "aten.sort.default": lambda d: {"self": real(d), "dim": 1, "descending": False},
    "aten.kthvalue.default": lambda d: {"self": real(d), "k": 2, "dim": 1, "keepdim": False},
    "aten.max.dim": lambda d: {"self": real(d), "dim": 1, "keepdim": True},
    "aten.min.dim": lambda d: {"self": real(d), "dim": 1, "keepdim": False},
    "aten.gather.default": lambda d: {"self": real(d), "dim": 1, "index": places(d)},
    "aten.scatter.src": lambda d: {"self": real(d), "dim": 1, "index": places(d)[:, :1], "src": real(d, 60, 1)},
    "aten.scatter.value": lambda d: {"self": real(d), "dim": 1, "index": places(d)[:, :1], "value": 0.5},
    "aten._to_copy.default": lambda d: {"self": spread(d)},
    "aten.copy.default": lambda d: {"self": real(d), "src": spread(d)},
    **{
        f"aten.{name}.default": lambda d: {
            "self": real(d),
            "indices": (torch.randint(0, 60, (50,), generator=d), torch.randint(0, 4, (50,), generator=d)),
            "values": real(d, 50),
            "accumulate": True,
        }
        for name in ("index_put", "_unsafe_index_put")
    },
}


def operation(target: str) -> Callable[..., Any]:
    """Torch's operation of this name."""
    _, name, overload = target.split(".")
    found: Callable[..., Any] = getattr(getattr(torch.ops.aten, name), overload)
    return found


def run(target: str, arguments: dict[str, Any]) -> torch.Tensor:
    given = {key: list(argument) if isinstance(argument, tuple) else argument for key, argument in arguments.items()}
    found = operation(target)(**given)
    result: torch.Tensor = found[0] if isinstance(found, tuple) else found  # of ranks, the values
    return result


def in_dtype(arguments: dict[str, Any], dtype: torch.dtype, device: str = "cpu") -> dict[str, Any]:
    """The arguments with all floating tensors in another dtype, and all tensors on a device."""

    def moved(argument: Any) -> Any:
        if isinstance(argument, tuple):
            return tuple(map(moved, argument))
        if isinstance(argument, torch.Tensor):
            return argument.to(device, dtype if argument.is_floating_point() else argument.dtype)
        return dtype if isinstance(argument, torch.dtype) else argument

    return {key: moved(argument) for key, argument in arguments.items()}
