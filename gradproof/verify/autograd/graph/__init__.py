"""Torch's autograd graph as mathematics: that it computes a claimed formula is proved."""

from .method import TorchGraph

__all__ = ["TorchGraph"]
