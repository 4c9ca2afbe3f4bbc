"""The index calculus: sums, deltas and derivatives over symbolic sizes."""

from .conditions import Condition, Different, Downstream, Equal, Negative, NonZero, Positive, Relation
from .definitions import define
from .derivation import Derivation, Rule, Step, Text
from .derive import derive
from .functions import (
    DEFINITIONS,
    DERIVATIVES,
    Activation,
    Applied,
    Elementwise,
    derivative,
    exp,
    log,
    relu,
    sigmoid,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)
from .indices import Dim, Index, ShapeError, free_indices, fresh
from .limits import Limit
from .passes import Pass, identity
from .program import Program
from .sums import Delta, Partial, Sum, delta
from .tensors import Domain, Entry, Matrix, Scalar, Tensor, Vector, definitions_in

__all__ = [
    "DEFINITIONS",
    "DERIVATIVES",
    "Activation",
    "Applied",
    "Condition",
    "Delta",
    "Derivation",
    "Different",
    "Dim",
    "Domain",
    "Downstream",
    "Elementwise",
    "Entry",
    "Equal",
    "Index",
    "Limit",
    "Matrix",
    "Negative",
    "NonZero",
    "Partial",
    "Pass",
    "Positive",
    "Program",
    "Relation",
    "Rule",
    "Scalar",
    "ShapeError",
    "Step",
    "Sum",
    "Tensor",
    "Text",
    "Vector",
    "define",
    "definitions_in",
    "delta",
    "derivative",
    "derive",
    "exp",
    "free_indices",
    "fresh",
    "identity",
    "log",
    "relu",
    "sigmoid",
    "softplus",
    "sqrt",
    "step",
    "tanh",
    "xlogx",
]
