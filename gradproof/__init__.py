"""gradproof derives the gradients of deep learning, proves every line for every size, and checks them numerically.

>>> import gradproof as gp
>>> gp.derivations.find("softmax_jacobian")

Everything public is here and is loaded when it is first used: importing gradproof loads neither SymPy nor NumPy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from . import derivations as derivations
    from . import notes as notes
    from . import verify as verify
    from .derivations.calculus import Activation as Activation
    from .derivations.calculus import Derivation as Derivation
    from .derivations.calculus import Different as Different
    from .derivations.calculus import Dim as Dim
    from .derivations.calculus import Domain as Domain
    from .derivations.calculus import Downstream as Downstream
    from .derivations.calculus import Entry as Entry
    from .derivations.calculus import Equal as Equal
    from .derivations.calculus import Index as Index
    from .derivations.calculus import Largest as Largest
    from .derivations.calculus import Limit as Limit
    from .derivations.calculus import Matrix as Matrix
    from .derivations.calculus import Negative as Negative
    from .derivations.calculus import NonZero as NonZero
    from .derivations.calculus import Partial as Partial
    from .derivations.calculus import Positive as Positive
    from .derivations.calculus import Program as Program
    from .derivations.calculus import Relation as Relation
    from .derivations.calculus import Scalar as Scalar
    from .derivations.calculus import Selected as Selected
    from .derivations.calculus import ShapeError as ShapeError
    from .derivations.calculus import Step as Step
    from .derivations.calculus import Sum as Sum
    from .derivations.calculus import Tensor as Tensor
    from .derivations.calculus import Text as Text
    from .derivations.calculus import Untied as Untied
    from .derivations.calculus import Vector as Vector
    from .derivations.calculus import define as define
    from .derivations.calculus import delta as delta
    from .derivations.calculus import derive as derive
    from .derivations.calculus import erf as erf
    from .derivations.calculus import exp as exp
    from .derivations.calculus import expm1 as expm1
    from .derivations.calculus import identity as identity
    from .derivations.calculus import log as log
    from .derivations.calculus import log1p as log1p
    from .derivations.calculus import relu as relu
    from .derivations.calculus import sigmoid as sigmoid
    from .derivations.calculus import sign as sign
    from .derivations.calculus import softplus as softplus
    from .derivations.calculus import sqrt as sqrt
    from .derivations.calculus import step as step
    from .derivations.calculus import tanh as tanh
    from .derivations.calculus import xlogx as xlogx
    from .grading.checking import check_document as check_document
    from .grading.grade import grade as grade
    from .notes import lecture_notes as lecture_notes
    from .regression import strategies as strategies
    from .regression.assertions import assert_backward as assert_backward
    from .regression.assertions import assert_gradient as assert_gradient
    from .regression.assertions import assert_hessian as assert_hessian
    from .regression.assertions import assert_identity as assert_identity
    from .regression.assertions import assert_jacobian as assert_jacobian
    from .regression.stable import assert_stable as assert_stable
    from .regression.torch_code import in_torch as in_torch
    from .verify.check import check as check
    from .verify.check import verify_derivation as verify_derivation
    from .verify.claim import Claim as Claim
    from .verify.stability import stability as stability
    from .verify.stability import stability_of as stability_of
    from .verify.verdict import Counterexample as Counterexample
    from .verify.verdict import Evidence as Evidence
    from .verify.verdict import Report as Report
    from .verify.verdict import Verdict as Verdict

#: Where the public names are defined. Kept equal to the imports above by a test.
_NAMES = {
    "gradproof.derivations.calculus": (
        "Activation Derivation Different Dim Domain Downstream Entry Equal Index Largest Limit Matrix Negative "
        "NonZero Partial Positive Program Relation Scalar Selected ShapeError Step Sum Tensor Text Untied Vector "
        "define delta derive erf exp expm1 identity log log1p relu sigmoid sign softplus sqrt step tanh xlogx"
    ),
    "gradproof.grading.checking": "check_document",
    "gradproof.grading.grade": "grade",
    "gradproof.notes": "lecture_notes",
    "gradproof.regression": "strategies",
    "gradproof.regression.assertions": (
        "assert_backward assert_gradient assert_hessian assert_identity assert_jacobian"
    ),
    "gradproof.regression.stable": "assert_stable",
    "gradproof.regression.torch_code": "in_torch",
    "gradproof.verify.check": "check verify_derivation",
    "gradproof.verify.claim": "Claim",
    "gradproof.verify.stability": "stability stability_of",
    "gradproof.verify.verdict": "Counterexample Evidence Report Verdict",
}
_MODULES = ("derivations", "notes", "verify")
_HOMES = {name: f"gradproof.{name}" for name in _MODULES} | {
    name: home for home, names in _NAMES.items() for name in names.split()
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gradproof' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    value = module if name in _MODULES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """Called by `%load_ext gradproof` in a notebook: there is a magic `%%gradproof` afterwards."""
    from .regression.jupyter import load

    load(shell)
