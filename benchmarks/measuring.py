"""What the benchmarks share: the machine in words, cold caches, CPU seconds, medians.

Times are CPU seconds of the process (`time.process_time`), so that other work on the machine disturbs them little.
"""

from __future__ import annotations

import functools
import gc
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any


def machine(*packages: str) -> str:
    """The CPU, its cores, the memory, and the versions of Python and of the packages, in one line each."""
    return "\n".join((f"{_processor()}, {os.cpu_count()} cores, {_memory()}", versions(*packages)))


def versions(*packages: str) -> str:
    """The versions of Python and of the packages."""
    found = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return ", ".join(found)


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return "memory unknown"
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GiB of memory"


def forget(*packages: str) -> None:
    """Clear SymPy's caches and every `lru_cache` in the modules of the packages, so that the next run is cold."""
    from sympy.core.cache import clear_cache

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in packages:
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()
    clear_cache()
    gc.collect()


def cpu_seconds(task: Callable[[], Any]) -> float:
    """How long a task takes."""
    start = time.process_time()
    task()
    return time.process_time() - start


def cold_median(task: Callable[[], Any], *packages: str, runs: int = 5) -> float:
    """The median of several cold runs, after one run that is not counted: it loads what is imported on first use."""
    task()
    times = []
    for _ in range(runs):
        forget(*packages)
        times.append(cpu_seconds(task))
    return statistics.median(times)
