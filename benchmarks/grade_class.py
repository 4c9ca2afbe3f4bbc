"""How long a class of three hundred takes to grade, with derivations of ten lines, two thirds of them with a slip.

    python benchmarks/grade_class.py [--students 300] [--jobs 2] [--folder FOLDER]

The class is that of classroom.py, shared out among several entries of the catalogue; each entry is one run of
`gradproof grade` in its own process, from its start to the last mark. Printed for each: submissions, lines, seconds,
CPU seconds of all its processes, lines per second, and the most memory that they held together (proportional set
size; Linux only). With --folder the files are kept, beside a summary of each run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from classroom import write_class
from measuring import machine

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def graded(entry: str, folder: Path, summary: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds, CPU seconds, and the most MiB held, of grading the files in a folder."""
    command = [sys.executable, "-m", "gradproof", "grade", str(folder), "--against", entry, "--jobs", str(jobs)]
    command += ["--summary", str(summary), "--names", "{student}_hw3.tex"]
    start = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    cpu: dict[int, float] = {}
    most = 0.0
    while process.poll() is None:
        held = 0.0
        for each in session(process.pid):
            cpu[each] = max(cpu.get(each, 0.0), cpu_of(each))
            held += memory_of(each)
        most = max(most, held)
        time.sleep(0.1)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return time.perf_counter() - start, sum(cpu.values()), most


def session(leader: int) -> list[int]:
    """The processes of a session, where /proc tells them."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int((place / "stat").read_text().rpartition(")")[2].split()[3]) == leader:
                found.append(int(place.name))
        except (OSError, ValueError, IndexError):
            continue
    return found


def cpu_of(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS
    except (OSError, ValueError, IndexError):
        return 0.0


def memory_of(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except (OSError, ValueError, StopIteration):
        return 0.0


def lines_of(summary: Path) -> tuple[int, int, int]:
    """The lines that were marked, those left to the grader, and the submissions with a wrong line."""
    students = json.loads(summary.read_text(encoding="utf-8"))["students"]
    wrong = sum(row["first_wrong"] is not None for row in students)
    return sum(row["of"] for row in students), sum(row["open"] for row in students), wrong


def run(folder: Path, students: int, jobs: int) -> None:
    total = [0.0, 0.0, 0, 0]
    print("entry                    files  lines  open  wrong  seconds    CPU  lines/s  MiB")
    for entry, files in write_class(folder, students).items():
        summary = folder / f"{entry}.json"
        seconds, cpu, most = graded(entry, folder / entry, summary, jobs)
        lines, left, wrong = lines_of(summary)
        numbers = f"{len(files):5}  {lines:5}  {left:4}  {wrong:5}  {seconds:7.1f}  {cpu:5.1f}  {lines / seconds:7.1f}"
        print(f"{entry:24} {numbers}  {most:3.0f}", flush=True)
        total = [one + other for one, other in zip(total, (seconds, cpu, lines, len(files)), strict=True)]
    seconds, cpu, lines, number = total
    print(f"{number} submissions, {lines} lines: {seconds:.0f} s, {cpu:.0f} CPU s, {lines / seconds:.0f} lines/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    print(machine("sympy", "python-flint"))
    if asked.folder:
        run(asked.folder, asked.students, asked.jobs)
        return
    with tempfile.TemporaryDirectory() as folder:
        run(Path(folder), asked.students, asked.jobs)


if __name__ == "__main__":
    main()
