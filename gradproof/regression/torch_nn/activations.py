"""The activations of torch.nn. Parameters are not at their defaults, so that each of them counts."""

from __future__ import annotations

from typing import Any

from .spec import Spec, Untied


def _prelu(torch: Any, x: Any, a: Any) -> Any:
    """What torch.nn.PReLU calls with its weight."""
    return torch.nn.functional.prelu(x, a)


VECTOR = "x : n\ni, j : 1..n"

ACTIVATIONS: tuple[Spec | Untied, ...] = (
    Spec("ELU", "ELU", lambda torch, x: torch.nn.ELU(alpha=1.25)(x), "x : R\n\\alpha = 5/4", call="alpha = 5/4"),
    Spec("GLU", "GLU", lambda torch, a, b: torch.nn.GLU(dim=0)(torch.cat([a, b])), "a, b : n\ni, j : 1..n", ("a", "b"),
         words=frozenset({"GLU"}), spelled={"\\otimes": "\\odot"}, remark="⊗ is the product entry by entry"),
    Spec("Hardshrink", "HardShrink", lambda torch, x: torch.nn.Hardshrink(0.75)(x), "x : R\n\\lambda = 3/4",
         call="lambd = 3/4"),
    Spec("Hardsigmoid", "Hardsigmoid", lambda torch, x: torch.nn.Hardsigmoid()(x)),
    Spec("Hardtanh", "HardTanh", lambda torch, x: torch.nn.Hardtanh(-0.5, 2.0)(x),
         "x : R\n\\text{min_val} = -1/2\n\\text{max_val} = 2", call="min_val = −1/2, max_val = 2"),
    Spec("Hardswish", "Hardswish", lambda torch, x: torch.nn.Hardswish()(x)),
    Spec("LeakyReLU", "LeakyReLU", lambda torch, x: torch.nn.LeakyReLU(0.25)(x),
         "x : R\n\\text{negative_slope} = 1/4", call="negative_slope = 1/4"),
    Spec("LogSigmoid", "LogSigmoid", lambda torch, x: torch.nn.LogSigmoid()(x)),
    Spec("PReLU", "PReLU", _prelu, "x : R\na : R", by=("x", "a")),
    Spec("ReLU", "relu", lambda torch, x: torch.nn.ReLU()(x)),
    Spec("ReLU6", "ReLU6", lambda torch, x: torch.nn.ReLU6()(x)),
    Spec("RReLU", "RReLU", lambda torch, x: torch.nn.RReLU(0.25, 0.5).eval()(x), "x : R\na = 3/8",
         call="in evaluation, lower = 1/4, upper = 1/2"),
    Spec("SELU", "SELU", lambda torch, x: torch.nn.SELU()(x), defined=frozenset({"α", "scale"})),
    Spec("CELU", "CELU", lambda torch, x: torch.nn.CELU(alpha=1.25)(x), "x : R\n\\alpha = 5/4", call="alpha = 5/4"),
    Spec("GELU", "GELU", lambda torch, x: torch.nn.GELU()(x), "x : R\n\\Phi(u) = (1 + \\erf(u / \\sqrt{2})) / 2",
         which=0),
    Spec("GELU", "GELU", lambda torch, x: torch.nn.GELU(approximate="tanh")(x),
         "x : R\n\\text{Tanh}(u) = \\tanh(u)", call="approximate = 'tanh'", which=1),
    Spec("Sigmoid", "Sigmoid", lambda torch, x: torch.nn.Sigmoid()(x)),
    Spec("SiLU", "silu", lambda torch, x: torch.nn.SiLU()(x)),
    Spec("Mish", "Mish", lambda torch, x: torch.nn.Mish()(x),
         "x : R\n\\text{Tanh}(u) = \\tanh(u)\n\\text{Softplus}(u) = \\log(1 + \\exp(u))"),
    Spec("Softplus", "Softplus", lambda torch, x: torch.nn.Softplus(beta=2.0)(x), "x : R\n\\beta = 2", call="beta = 2"),
    Spec("Softshrink", "SoftShrinkage", lambda torch, x: torch.nn.Softshrink(0.75)(x), "x : R\n\\lambda = 3/4",
         call="lambd = 3/4"),
    Spec("Softsign", "SoftSign", lambda torch, x: torch.nn.Softsign()(x)),
    Spec("Tanh", "Tanh", lambda torch, x: torch.nn.Tanh()(x)),
    Spec("Tanhshrink", "Tanhshrink", lambda torch, x: torch.nn.Tanhshrink()(x)),
    Spec("Threshold", "y", lambda torch, x: torch.nn.Threshold(0.5, -2.0)(x),
         "x : R\n\\text{threshold} = 1/2\n\\text{value} = -2", call="threshold = 1/2, value = −2"),
    Spec("Softmin", "Softmin", lambda torch, x: torch.nn.Softmin(dim=0)(x), VECTOR),
    Spec("Softmax", "Softmax", lambda torch, x: torch.nn.Softmax(dim=0)(x), VECTOR),
    Spec("LogSoftmax", "LogSoftmax", lambda torch, x: torch.nn.LogSoftmax(dim=0)(x), VECTOR),
    Untied("MultiheadAttention", "the formula rests on Concat and on Attention(Q, K, V), which the docstring does not "
           "define"),
    Untied("Softmax2d", "the docstring has no formula; it refers to Softmax"),
)  # fmt: skip
