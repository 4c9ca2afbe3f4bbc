"""gradproof against tensorgrad and against plain SymPy, task by task.

    python benchmarks/compare.py --tensorgrad-python PATH [--runs 5] [--limit 60]

PATH is the Python of an environment that has tensorgrad, which the project itself does not need:

    python -m venv peer
    peer/bin/pip install "torch==2.13.0"
    peer/bin/pip install "tensorgrad==0.3.0"

Without the option the column stays empty, unless this environment has tensorgrad itself. The tasks are in tasks.py,
tasks_tensorgrad.py and tasks_sympy.py. Each side runs each task in a process of its own: once uncounted, then cold
(all caches of SymPy and of the side cleared), and the median of the CPU times counts.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Timer
from typing import Any

from measuring import cold_median, machine

#: What a side is called, the module of its tasks, and the package whose caches are cleared.
SIDES = {
    "gradproof": ("tasks", "gradproof"),
    "tensorgrad": ("tasks_tensorgrad", "tensorgrad"),
    "SymPy": ("tasks_sympy", "sympy"),
}


#: The exit status of a process whose task took too long.
TOO_SLOW = 75


def measure(side: str, task: str, runs: int, limit: float) -> float:
    """The median seconds that a task takes on a side, in this process, which ends when a run exceeds the limit."""
    module, package = SIDES[side]
    run = import_module(module).TASKS[task]
    return cold_median(lambda: _limited(run, limit), package, runs=runs)


def _limited(run: Callable[[], Any], limit: float) -> None:
    guard = Timer(limit, os._exit, (TOO_SLOW,))
    guard.daemon = True
    guard.start()
    try:
        run()
    finally:
        guard.cancel()


def in_own_process(python: str, side: str, task: str, runs: int, limit: float) -> float | str:
    """The median seconds, or what became of the task instead: the error it raised, or the limit it ran into."""
    command = [python, __file__, "--side", side, "--task", task, "--runs", str(runs), "--limit", str(limit)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == TOO_SLOW:
        return f"over {limit:g} s"
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        return said[-1].partition(":")[0] if said else f"exit status {done.returncode}"
    seconds: float = json.loads(done.stdout)
    return seconds


def _versions_there(python: str) -> str:
    code = "from measuring import versions; print(versions('tensorgrad', 'sympy', 'torch'))"
    here = Path(__file__).parent
    return subprocess.run([python, "-c", code], cwd=here, capture_output=True, text=True, check=True).stdout.strip()


def _cell(outcome: float | str) -> str:
    return outcome if isinstance(outcome, str) else f"{1000 * outcome:.1f}"


def _ratio(ours: float | str, peers: list[float | str]) -> str:
    """The time of the faster peer divided by ours."""
    known = [peer for peer in peers if isinstance(peer, float)]
    return f"{min(known) / ours:.1f}" if known and isinstance(ours, float) else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tensorgrad-python", help="the Python of an environment that has tensorgrad")
    parser.add_argument("--runs", type=int, default=5, help="cold runs, of which the median is taken")
    parser.add_argument("--limit", type=float, default=60, help="seconds that one run may take")
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    parser.add_argument("--task", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        print(json.dumps(measure(options.side, options.task, options.runs, options.limit)))
        return

    pythons = {"gradproof": sys.executable, "SymPy": sys.executable}
    if options.tensorgrad_python or importlib.util.find_spec("tensorgrad"):
        pythons["tensorgrad"] = options.tensorgrad_python or sys.executable
    print(machine("sympy"))
    if "tensorgrad" in pythons:
        print(f"tensorgrad: {_versions_there(pythons['tensorgrad'])}")
    print(f"CPU time in ms, median of {options.runs} cold runs; the ratio is the faster peer's time to gradproof's")
    print(f"{'task':<32} {'gradproof':>10} {'tensorgrad':>18} {'SymPy':>18} {'ratio':>6}")
    for task in import_module(SIDES["gradproof"][0]).TASKS:
        outcomes: dict[str, float | str] = {}
        for side in SIDES:
            if side in pythons:
                outcomes[side] = in_own_process(pythons[side], side, task, options.runs, options.limit)
            else:
                outcomes[side] = "not installed"
        ours, *peers = outcomes.values()
        row = f"{task:<32} {_cell(ours):>10} {_cell(peers[0]):>18} {_cell(peers[1]):>18} {_ratio(ours, peers):>6}"
        print(row, flush=True)


if __name__ == "__main__":
    main()
