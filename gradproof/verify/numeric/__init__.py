"""Agreement in float64, judged by the error that rounding explains."""

from .agreement import NumPyAgreement

__all__ = ["NumPyAgreement"]
