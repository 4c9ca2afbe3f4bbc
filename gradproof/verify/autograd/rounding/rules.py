"""One rule for each operation of ATen: what it does to enclosed values. What has no rule here is not supported.

A rule takes the arithmetic, and the arguments of the operation by the names that Torch's schema gives them. Operations
in place have the rule of the operation that they stand for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from gradproof.verify.evaluation import Unsupported

from . import functions as f
from . import ranking
from .arithmetic import Arithmetic
from .enclosed import Discrete, Enclosed

Rule = Callable[..., Any]


def _scaled(a: Arithmetic, thing: Any, factor: float) -> Enclosed:
    return a.enclosed(thing) if factor == 1 else a.multiply(a.enclosed(thing), a.constant(factor))


def _sum(a: Arithmetic, self: Any, dim: tuple[int, ...] | None = None, keepdim: bool = False, dtype: Any = None) -> Any:
    array = a.enclosed(self)
    over = dim or tuple(range(array.value.ndim))
    if isinstance(self, Enclosed):
        return a.total(array, over, keepdim)
    return Enclosed(array.value.sum(over, keepdim), array.radius.sum(over, keepdim))  # whole numbers do not round


def _where(a: Arithmetic, condition: Discrete, self: Any, other: Any) -> Any:
    if isinstance(self, torch.Tensor) and isinstance(other, torch.Tensor):  # places
        return Discrete(torch.where(condition.value, self, other), condition.unknown)
    return f.chosen(a, condition, a.enclosed(self), a.enclosed(other))


def _mean(
    a: Arithmetic, self: Any, dim: tuple[int, ...] | None = None, keepdim: bool = False, dtype: Any = None
) -> Any:
    array = a.enclosed(self)
    return a.mean(array, dim or tuple(range(array.value.ndim)), keepdim)


def _threshold_backward(a: Arithmetic, grad_output: Enclosed, self: Enclosed, threshold: float) -> Enclosed:
    above = f.compared(a, torch.gt, self, a.constant(threshold))
    return f.chosen(a, above, grad_output, Enclosed.exactly(torch.zeros_like(grad_output.value)))


def _clamp(a: Arithmetic, self: Enclosed, min: float | None = None, max: float | None = None) -> Enclosed:
    found = self if min is None else f.larger(a, self, a.constant(min))
    return found if max is None else f.smaller(a, found, a.constant(max))


def _index_put(
    a: Arithmetic, self: Enclosed, indices: Any, values: Enclosed, accumulate: bool = False, unsafe: bool = False
) -> Enclosed:
    def put(base: torch.Tensor, part: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = torch.ops.aten.index_put(base, indices, part, accumulate)
        return found

    value, radius = put(self.value, values.value), put(self.radius, values.radius)
    if not accumulate:
        return Enclosed(value, radius)
    count = put(torch.zeros_like(self.value), torch.ones_like(values.value)).amax()
    return a.accumulated(value, radius, put(self.value.abs(), values.value.abs()), max(1.0, float(count)))


def _addmm(a: Arithmetic, self: Enclosed, mat1: Enclosed, mat2: Enclosed, beta: float, alpha: float) -> Enclosed:
    return a.add(_scaled(a, self, beta), _scaled(a, a.matrix_product(mat1, mat2), alpha))


def _cast(a: Arithmetic, self: Any, dtype: str | None = None) -> Any:
    """To another format and back is one rounding of the format of the run, which is the coarsest one."""
    floating = dtype is None or getattr(torch, dtype).is_floating_point
    match self:
        case Enclosed() if floating:
            return a.rounded(self.value, self.radius)
        case Discrete() if dtype == "bool":
            return self
        case torch.Tensor() if not floating:
            return self.to(getattr(torch, str(dtype)))
        case Discrete() | torch.Tensor() if floating:
            return a.enclosed(self)
    raise Unsupported(f"a conversion to {dtype} has no rounding rule")


def _copy(a: Arithmetic, self: Enclosed, src: Any) -> Enclosed:
    source = a.enclosed(src)
    return Enclosed(source.value.expand_as(self.value), source.radius.expand_as(self.value), source.exact)


def _compare(how: Callable[..., torch.Tensor]) -> Rule:
    return lambda a, self, other: f.compared(a, how, a.enclosed(self), a.enclosed(other))


def _both(how: Callable[..., Any]) -> Rule:
    """A rule of two numbers."""
    return lambda a, self, other: how(a, a.enclosed(self), a.enclosed(other))


def _one(how: Callable[..., Any]) -> Rule:
    """A rule of one number."""
    return lambda a, self: how(a, a.enclosed(self))


def _logical(how: Callable[..., torch.Tensor]) -> Rule:
    return lambda a, self, other: Discrete(how(self.value, other.value), self.unknown | other.unknown)


RULES: dict[str, Rule] = {
    "aten.add.Tensor": lambda a, self, other, alpha: a.add(a.enclosed(self), _scaled(a, other, alpha)),
    "aten.add.Scalar": lambda a, self, other, alpha: a.add(a.enclosed(self), _scaled(a, other, alpha)),
    "aten.sub.Tensor": lambda a, self, other, alpha: a.subtract(a.enclosed(self), _scaled(a, other, alpha)),
    "aten.sub.Scalar": lambda a, self, other, alpha: a.subtract(a.enclosed(self), _scaled(a, other, alpha)),
    "aten.rsub.Scalar": lambda a, self, other, alpha: a.subtract(a.enclosed(other), _scaled(a, self, alpha)),
    "aten.mul.Tensor": _both(Arithmetic.multiply),
    "aten.mul.Scalar": _both(Arithmetic.multiply),
    "aten.div.Tensor": _both(Arithmetic.divide),
    "aten.div.Scalar": _both(Arithmetic.divide),
    "aten.neg.default": _one(Arithmetic.negative),
    "aten.reciprocal.default": lambda a, self: a.power(self, -1.0),
    "aten.sqrt.default": lambda a, self: a.power(self, 0.5),
    "aten.rsqrt.default": lambda a, self: a.power(self, -0.5),
    "aten.pow.Tensor_Scalar": lambda a, self, exponent: a.power(a.enclosed(self), float(exponent)),
    "aten.pow.Tensor_Tensor": lambda a, self, exponent: a.power_of(a.enclosed(self), a.enclosed(exponent)),
    "aten.pow.Scalar": lambda a, self, exponent: a.power_of(a.enclosed(self), a.enclosed(exponent)),
    "aten.sum.dim_IntList": _sum,
    "aten.sum.default": _sum,
    "aten.mean.dim": _mean,
    "aten.mean.default": _mean,
    "aten.mm.default": lambda a, self, mat2: a.matrix_product(self, mat2),
    "aten.bmm.default": lambda a, self, mat2: a.matrix_product(self, mat2),
    "aten.mv.default": lambda a, self, vec: a.matrix_product(self, vec),
    "aten.dot.default": lambda a, self, tensor: a.matrix_product(self, tensor),
    "aten.addmm.default": _addmm,
    "aten.exp.default": _one(f.exponential),
    "aten.expm1.default": _one(f.exponential_less_one),
    "aten.log.default": _one(f.logarithm),
    "aten.log1p.default": _one(f.logarithm_of_one_more),
    "aten.logaddexp.default": _both(f.log_add_exp),
    "aten.xlogy.Tensor": _both(f.product_with_log),
    "aten.sigmoid.default": _one(f.sigmoid),
    "aten.tanh.default": _one(f.tanh),
    "aten.erf.default": _one(f.error_function),
    "aten.sin.default": _one(f.sine),
    "aten.cos.default": _one(f.cosine),
    "aten.relu.default": _one(f.relu),
    "aten.abs.default": _one(f.absolute),
    "aten.sgn.default": _one(f.sign),
    "aten.sign.default": _one(f.sign),
    "aten.maximum.default": _both(f.larger),
    "aten.minimum.default": _both(f.smaller),
    "aten.clamp.default": _clamp,
    "aten.clamp_min.default": _clamp,
    "aten.amax.default": lambda a, self, dim, keepdim: f.largest(a, self, dim, keepdim),
    "aten.amin.default": lambda a, self, dim, keepdim: f.smallest(a, self, dim, keepdim),
    "aten._softmax.default": lambda a, self, dim, half_to_float: f.softmax(a, self, dim),
    "aten._log_softmax.default": lambda a, self, dim, half_to_float: f.log_softmax(a, self, dim),
    "aten._softmax_backward_data.default": lambda a, grad_output, output, dim, input_dtype: f.softmax_backward(
        a, grad_output, output, dim
    ),
    "aten._log_softmax_backward_data.default": lambda a, grad_output, output, dim, input_dtype: f.log_softmax_backward(
        a, grad_output, output, dim
    ),
    "aten.sigmoid_backward.default": lambda a, grad_output, output: f.sigmoid_backward(a, grad_output, output),
    "aten.tanh_backward.default": lambda a, grad_output, output: f.tanh_backward(a, grad_output, output),
    "aten.threshold_backward.default": _threshold_backward,
    "aten.where.self": _where,
    "aten.masked_fill.Scalar": lambda a, self, mask, value: f.chosen(a, mask, a.constant(value), self),
    "aten.logical_and.default": _logical(torch.logical_and),
    "aten.logical_or.default": _logical(torch.logical_or),
    "aten.logical_not.default": lambda a, self: Discrete(~self.value, self.unknown),
    "aten.bitwise_and.Tensor": _logical(torch.logical_and),
    "aten.bitwise_or.Tensor": _logical(torch.logical_or),
    "aten.bitwise_not.default": lambda a, self: Discrete(~self.value, self.unknown),
    **{
        f"aten.{how.__name__}.{kind}": _compare(how)
        for how in (torch.eq, torch.ne, torch.lt, torch.le, torch.gt, torch.ge)
        for kind in ("Scalar", "Tensor")
    },
    "aten.topk.default": ranking.topk,
    "aten.sort.default": ranking.sort,
    "aten.kthvalue.default": ranking.kth_value,
    "aten.max.dim": ranking.maximum,
    "aten.min.dim": ranking.minimum,
    "aten.gather.default": ranking.gather,
    "aten.scatter.src": ranking.scatter,
    "aten.scatter.value": lambda a, self, dim, index, value: ranking.scatter(a, self, dim, index, value),
    "aten._to_copy.default": _cast,
    "aten.copy.default": _copy,
    "aten.index_put.default": _index_put,
    "aten._unsafe_index_put.default": _index_put,
}
