"""What every child process has loaded before its first task. The server that children are forked from imports this.

Each child computes on one thread: the children are what runs at the same time, and a sum has one order.
"""

from __future__ import annotations

import os
from importlib import import_module

for _library in ("OMP", "OPENBLAS", "MKL", "VECLIB_MAXIMUM"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

for _module in ("exact.limits", "intervals", "numeric"):
    import_module(f"gradproof.verify.{_module}")
