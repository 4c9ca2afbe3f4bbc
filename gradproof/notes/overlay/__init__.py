"""Notes in a further language: one TOML file of texts by their ids, laid over the English ones."""

from .file import Overlay, OverlayError, read_overlay, template
from .ids import all_texts, different_texts

__all__ = ["Overlay", "OverlayError", "all_texts", "different_texts", "read_overlay", "template"]
