"""The index calculus: sums, deltas and derivatives over symbolic sizes."""

from .binding import Binder
from .conditions import At, Condition, Different, Downstream, Equal, Negative, NonZero, Positive, Relation, Untied
from .definitions import define
from .derivation import Derivation, Rule, Step, Text, Translation
from .derive import derive
from .extrema import Largest, Selected
from .functions import (
    DEFINITIONS,
    DERIVATIVES,
    Activation,
    Applied,
    Elementwise,
    derivative,
    erf,
    exp,
    expm1,
    log,
    log1p,
    relu,
    sigmoid,
    sign,
    softplus,
    sqrt,
    step,
    tanh,
    xlogx,
)
from .indices import Dim, Index, ShapeError, free_indices, fresh
from .limits import Limit
from .margins import Margin
from .passes import Pass, identity
from .program import Program
from .sharp_bounds import extremum
from .sums import Delta, Partial, Sum, delta
from .tensors import Domain, Entry, Matrix, Scalar, Tensor, Vector, definitions_in

__all__ = [
    "DEFINITIONS",
    "DERIVATIVES",
    "Activation",
    "Applied",
    "At",
    "Binder",
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
    "Largest",
    "Limit",
    "Margin",
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
    "Selected",
    "ShapeError",
    "Step",
    "Sum",
    "Tensor",
    "Text",
    "Translation",
    "Untied",
    "Vector",
    "define",
    "definitions_in",
    "delta",
    "derivative",
    "derive",
    "erf",
    "exp",
    "expm1",
    "extremum",
    "free_indices",
    "fresh",
    "identity",
    "log",
    "log1p",
    "relu",
    "sigmoid",
    "sign",
    "softplus",
    "sqrt",
    "step",
    "tanh",
    "xlogx",
]
