"""Which functions of Torch an operation takes, so that a proof can name them."""

from __future__ import annotations

from types import ModuleType
from typing import Any


class Watched:
    """A module, with a list of the functions that were taken from it: "torch.nn.functional.softplus"."""

    def __init__(self, module: ModuleType, taken: list[str]) -> None:
        self._module = module
        self._taken = taken

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._module, name)
        if isinstance(found, ModuleType):
            return Watched(found, self._taken)
        if callable(found):
            self._taken.append(f"{self._module.__name__}.{name}")
        return found
