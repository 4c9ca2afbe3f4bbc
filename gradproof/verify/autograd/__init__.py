"""Torch's own autograd as an oracle that shares nothing with the calculus but the forward expression."""

from .oracle import TorchAutograd

__all__ = ["TorchAutograd"]
