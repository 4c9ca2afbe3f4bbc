"""What each core operation of ATen means, as mathematics on arrays of expressions: one rule a line.

A rule gets the reading in progress and the operation's arguments by the names of Torch's schema. A test runs every rule
of the table against Torch itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, reduce
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Add, Expr, Rational, S

from gradproof.derivations.calculus import erf, exp, log, sigmoid, tanh
from gradproof.verify.evaluation import Unsupported

from .constants import exact
from .extrema import ranked, selected
from .places import expanded, gathered, picked, put, scattered, sliced, spread, squeezed
from .scalars import Array, entrywise, filled, reduced, total
from .signs import Sign, chosen
from .undecomposed import hinge_slopes, outside, sloped

if TYPE_CHECKING:
    from .reading import Reading

Rule = Callable[..., Any]


def array(value: Any) -> Array:
    """A number as an array without axes; an array as it is. NumPy unpacks arrays without axes on the way."""
    if isinstance(value, np.ndarray):
        return value
    return filled((), value if isinstance(value, Expr) else exact(value))


def _axes(of: Array, dim: int | Sequence[int] | None) -> tuple[int, ...]:
    """The axes that `dim` names; none named are all."""
    named = (dim,) if isinstance(dim, int) else tuple(dim or ())
    return named or tuple(range(of.ndim))


def _mean(of: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
    count = int(np.prod([of.shape[axis] for axis in axes], dtype=int))
    return entrywise(lambda entry: entry / S(count), total(of, axes, keepdims))


def _variance(of: Array, axes: tuple[int, ...], correction: float | None, keepdims: bool) -> Array:
    deviations = of - _mean(of, axes, keepdims=True)
    count = int(np.prod([of.shape[axis] for axis in axes], dtype=int)) - (
        1 if correction is None else exact(correction)
    )
    return entrywise(lambda entry: entry / S(count), total(deviations * deviations, axes, keepdims))


def _sum(of: Array, axes: tuple[int, ...], keepdims: bool) -> Array:
    return total(of, axes, keepdims) if of.ndim else of


def _product(first: Array, second: Array) -> Array:
    return total(first[:, :, None] * second[None, :, :], (1,))


def _power(base: Array, exponent: float) -> Array:
    meant = exact(exponent)
    if not isinstance(meant, Rational):
        raise Unsupported(f"a power with the exponent {exponent}")
    return entrywise(lambda entry: entry**meant, base)


def _counted(start: int, end: int, step: int) -> Array:
    return entrywise(S, np.arange(start, end, step).astype(object))


def _copied(of: Array, dtype: str | None) -> Array:
    """Whole numbers are what they are as floating-point ones, and the other way round; others would be rounded."""
    if str(dtype).startswith(("float", "torch.float", "None")) or all(S(entry).is_Integer for entry in of.flat):
        return of
    raise Unsupported(f"a conversion to {dtype}")


def _top(of: Array, count: int, dim: int, largest: bool) -> tuple[Array, Array]:
    """The first ranks along an axis, and the places that attain them, which are not defined at a tie."""
    if not largest:
        values, places = _top(-of, count, dim, True)
        return -values, places
    ranks = range(1, count + 1)
    found = [
        [reduced(partial(function, rank=rank), of, (dim,), keepdims=True) for rank in ranks]
        for function in (ranked, _place)
    ]
    return np.concatenate(found[0], dim), np.concatenate(found[1], dim)


def _place(row: Sequence[Expr], rank: int) -> Expr:
    return Add(*[number * selected(row, number, rank) for number in range(len(row))])


def _largest_along(of: Array, dim: int, keepdim: bool) -> tuple[Array, Array]:
    values, places = _top(of, 1, dim, True)
    return (values, places) if keepdim else (np.squeeze(values, dim), np.squeeze(places, dim))


def _kth_smallest(of: Array, rank: int, dim: int, keepdim: bool) -> tuple[Array, Array]:
    values, places = (np.take(part, [rank - 1], dim) for part in _top(of, rank, dim, False))
    return (values, places) if keepdim else (np.squeeze(values, dim), np.squeeze(places, dim))


def _entrywise(function: Callable[..., Expr]) -> Rule:
    return lambda r, self: entrywise(function, self)


def _comparison(above: int, equal: int, below: int) -> Rule:
    parts = (S(above), S(equal), S(below))
    return lambda r, self, other: entrywise(lambda x, y: r.by_sign(x, y, *parts), array(self), array(other))


def _both(r: Reading, self: Array, other: Array) -> Array:
    return entrywise(lambda first, second: chosen(first, second, S.Zero), self, other)


def _either(r: Reading, self: Array, other: Array) -> Array:
    return entrywise(lambda first, second: chosen(first, S.One, second), self, other)


def _some(row: Sequence[Expr]) -> Expr:
    """Whether one of some truth values is 1."""
    return reduce(lambda first, second: chosen(first, S.One, second), row, S.Zero)


def _extremum(sign: int) -> Rule:
    """The greater of two for 1, the lesser for −1."""

    def pick(r: Reading, x: Expr, y: Expr) -> Expr:
        return r.by_sign(x, y, x, x, y) if sign > 0 else r.by_sign(x, y, y, x, x)

    return lambda r, self, other: entrywise(lambda x, y: pick(r, x, y), self, other)


def _clamped(r: Reading, of: Array, least: Any, most: Any) -> Array:
    above = of if least is None else _extremum(1)(r, of, array(least))
    return above if most is None else _extremum(-1)(r, above, array(most))


RULES: dict[str, Rule] = {
    # arithmetic
    "aten.add.Tensor":        lambda r, self, other, alpha: array(self) + exact(alpha) * array(other),
    "aten.add.Scalar":        lambda r, self, other, alpha: self + exact(alpha) * array(other),
    "aten.sub.Tensor":        lambda r, self, other, alpha: array(self) - exact(alpha) * array(other),
    "aten.sub.Scalar":        lambda r, self, other, alpha: self - exact(alpha) * array(other),
    "aten.mul.Tensor":        lambda r, self, other: array(self) * array(other),
    "aten.mul.Scalar":        lambda r, self, other: self * array(other),
    "aten.div.Tensor":        lambda r, self, other: array(self) / array(other),
    "aten.div.Scalar":        lambda r, self, other: self / array(other),
    "aten.div_.Scalar":       lambda r, self, other: self / array(other),
    "aten.neg.default":       lambda r, self: -self,
    "aten.pow.Tensor_Scalar": lambda r, self, exponent: _power(self, exponent),
    "aten.pow.Tensor_Tensor": lambda r, self, exponent: entrywise(lambda x, a: x**a, self, exponent),
    "aten.sqrt.default":      lambda r, self: _power(self, 0.5),
    "aten.rsqrt.default":     lambda r, self: _power(self, -0.5),
    "aten.reciprocal.default": lambda r, self: _power(self, -1),
    "aten.mm.default":        lambda r, self, mat2: _product(self, mat2),
    # functions
    "aten.exp.default":       _entrywise(exp),
    "aten.log.default":       _entrywise(log),
    "aten.log1p.default":     _entrywise(lambda x: log(1 + x)),
    "aten.expm1.default":     _entrywise(lambda x: exp(x) - 1),
    "aten.erf.default":       _entrywise(erf),
    "aten.tanh.default":      _entrywise(tanh),
    "aten.sigmoid.default":   _entrywise(sigmoid),
    # reductions
    "aten.sum.dim_IntList":   lambda r, self, dim, keepdim, dtype: _sum(self, _axes(self, dim), keepdim),
    "aten.mean.default":      lambda r, self, dtype: _mean(self, _axes(self, None), False) if self.ndim else self,
    "aten.var.correction":    lambda r, self, dim, correction, keepdim: _variance(
                                  self, _axes(self, dim), correction, keepdim),
    "aten.amax.default":      lambda r, self, dim, keepdim: r.maximum(self, _axes(self, dim), keepdim),
    "aten.amin.default":      lambda r, self, dim, keepdim: -r.maximum(-self, _axes(self, dim), keepdim),
    "aten.max.dim":           lambda r, self, dim, keepdim: _largest_along(self, dim, keepdim),
    "aten.topk.default":      lambda r, self, k, dim, largest, sorted: _top(self, k, dim, largest),
    "aten.kthvalue.default":  lambda r, self, k, dim, keepdim: _kth_smallest(self, k, dim, keepdim),
    "aten.max.default":       lambda r, self: r.maximum(self, _axes(self, None), False) if self.ndim else self,
    # what Torch does not decompose
    "aten.hardshrink_backward.default": lambda r, grad_out, self, lambd: outside(r, grad_out, self, lambd),
    "aten.softshrink_backward.default": lambda r, grad_output, self, lambd: outside(r, grad_output, self, lambd),
    "aten.multi_margin_loss_backward.default": hinge_slopes,
    "aten.rrelu_with_noise.default": lambda r, self, noise, lower, upper, training, generator: sloped(
                                  r, self, lower, upper, training),
    # decisions
    "aten.abs.default":       _entrywise(lambda x: Sign(x, x, S.Zero, -x)),
    "aten.relu.default":      _entrywise(lambda x: Sign(x, x, S.Zero, S.Zero)),
    "aten.sign.default":      _entrywise(lambda x: Sign(x, S.One, S.Zero, S.NegativeOne)),
    "aten.maximum.default":   _extremum(1),
    "aten.minimum.default":   _extremum(-1),
    "aten.clamp.default":     lambda r, self, min, max: _clamped(r, self, min, max),
    "aten.clamp_min_.default": lambda r, self, min: _clamped(r, self, min, None),
    "aten.gt.Scalar":         _comparison(1, 0, 0),
    "aten.lt.Scalar":         _comparison(0, 0, 1),
    "aten.le.Scalar":         _comparison(0, 1, 1),
    "aten.ge.Scalar":         _comparison(1, 1, 0),
    "aten.eq.Scalar":         _comparison(0, 1, 0),
    "aten.ne.Scalar":         _comparison(1, 0, 1),
    "aten.gt.Tensor":         _comparison(1, 0, 0),
    "aten.lt.Tensor":         _comparison(0, 0, 1),
    "aten.eq.Tensor":         _comparison(0, 1, 0),
    "aten.ne.Tensor":         _comparison(1, 0, 1),
    "aten.isnan.default":     _entrywise(lambda x: S.Zero),  # no real number is
    "aten.bitwise_and.Tensor": _both,
    "aten.bitwise_or.Tensor": _either,
    "aten.logical_and.default": _both,
    "aten.logical_or.default": _either,
    "aten.logical_or_.default": _either,
    "aten.any.default":       lambda r, self: reduced(_some, self, _axes(self, None), False),
    "aten.where.self":        lambda r, condition, self, other: entrywise(chosen, condition, self, other),
    # new arrays
    "aten.empty.memory_format": lambda r, size, dtype: filled(tuple(size), S.NaN),
    "aten.empty_permuted.default": lambda r, size, physical_layout, dtype: filled(tuple(size), S.NaN),
    "aten.full.default":      lambda r, size, fill_value, dtype: filled(tuple(size), exact(fill_value)),
    "aten.full_like.default": lambda r, self, fill_value, dtype: filled(self.shape, exact(fill_value)),
    "aten.scalar_tensor.default": lambda r, s, dtype: filled((), exact(s)),
    "aten.arange.start_step": lambda r, start, end, step, dtype: _counted(start, end, step),
    # arrangement
    "aten.view.default":      lambda r, self, size: self.reshape(size),
    "aten.permute.default":   lambda r, self, dims: self.transpose(dims),
    "aten.unsqueeze.default": lambda r, self, dim: np.expand_dims(self, dim),
    "aten.squeeze.dims":      lambda r, self, dim: squeezed(self, dim),
    "aten.squeeze_.dim":      lambda r, self, dim: squeezed(self, dim),
    "aten.expand.default":    lambda r, self, size, implicit: expanded(self, size),
    "aten.slice.Tensor":      lambda r, self, dim, start, end, step: sliced(self, dim, start, end, step),
    "aten.select.int":        lambda r, self, dim, index: array(np.take(self, index, dim)),
    "aten.cat.default":       lambda r, tensors, dim: np.concatenate(tensors, dim),
    "aten.gather.default":    lambda r, self, dim, index, sparse_grad: gathered(self, dim, index),
    "aten.scatter.value":     lambda r, self, dim, index, value: scattered(self, dim, index, array(value)),
    "aten.scatter.src":       lambda r, self, dim, index, src: scattered(self, dim, index, src),
    "aten.index_put_.default": lambda r, self, indices, values, accumulate: put(self, indices, array(values)),
    "aten.index.Tensor":      lambda r, self, indices: picked(self, indices),
    "aten._to_copy.default": lambda r, self, dtype: _copied(self, dtype),
    "aten.clone.default":     lambda r, self: self,
    "aten.copy_.default":     lambda r, self, src: np.broadcast_to(src, self.shape),
    # what Torch writes some of its operations with
    "prims.var.default":      lambda r, inp, dims, correction, output_dtype: _variance(
                                  inp, _axes(inp, dims), correction, False),
    "prims.sum.default":      lambda r, inp, dims, output_dtype: _sum(inp, _axes(inp, dims), False),
    "prims.div.default":      lambda r, self, other: array(self) / array(other),
    "prims.broadcast_in_dim.default": lambda r, a, shape, broadcast_dimensions: spread(a, shape, broadcast_dimensions),
}  # fmt: skip
