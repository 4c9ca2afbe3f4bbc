"""The functions that need no declaration. Scalar functions act entry by entry; softmax acts along the last axis."""

from __future__ import annotations

from collections.abc import Callable

from sympy import Abs, Expr, Integer

from gradproof.derivations.calculus import erf, exp, expm1, log, log1p, relu, sigmoid, sign, softplus, sqrt, tanh, xlogx

#: Functions of one number.
ELEMENTWISE: dict[str, Callable[[Expr], Expr]] = {
    "exp": exp,
    "log": log,
    "ln": log,
    "tanh": tanh,
    "sigmoid": sigmoid,
    "σ": sigmoid,
    "relu": relu,
    "softplus": softplus,
    "sqrt": sqrt,
    "abs": Abs,
    "sign": sign,
    "xlogx": xlogx,
    "erf": erf,
    "log1p": log1p,
    "expm1": expm1,
    "lg": lambda x: log(x) / log(Integer(10)),
    "sinh": lambda x: (exp(x) - exp(-x)) / 2,
    "cosh": lambda x: (exp(x) + exp(-x)) / 2,
    "sech": lambda x: 2 / (exp(x) + exp(-x)),
    "csch": lambda x: 2 / (exp(x) - exp(-x)),
    "coth": lambda x: (exp(x) + exp(-x)) / (exp(x) - exp(-x)),
    "logit": lambda x: log(x / (1 - x)),
}

#: Functions that act along the last axis of their argument.
ALONG = frozenset({"softmax", "logsoftmax", "logsumexp", "mean", "sum"})
#: Functions of several arguments, or of matrices.
SPECIAL = frozenset({"max", "min", "diag", "tr", "det", "KL", "D_KL", "MSE", "H"})


def is_builtin(name: str) -> bool:
    """Whether a name is a function that needs no declaration."""
    return name in ELEMENTWISE or name in ALONG or name in SPECIAL
