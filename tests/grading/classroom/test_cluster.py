"""A Dask cluster as an executor: what hangs or dies there costs one answer, and nothing outlives the run."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import repeat
from pathlib import Path
from typing import Any

import psutil
import pytest
from distributed import Client, LocalCluster

from gradproof.cli import main
from gradproof.cli.exits import USAGE
from gradproof.grading.classroom import cluster as module
from gradproof.grading.classroom.cluster import Cluster, NoCluster
from gradproof.verify.running import ChildDied, Limits, TaskFailed, TimeLimitExceeded

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and memory limits of POSIX")
#: No scheduler, no protocol, no port.
ADDRESSES = ("tcp://127.0.0.1:1", "nonsense://x", "127.0.0.1:x")
ASKED = r"\frac{\partial p_i}{\partial z_j}"


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """Two processes with a thread each, under nannies, as `dask worker` starts them."""
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as found:
        yield found


def children_of(workers: Any) -> list[psutil.Process]:
    """The processes below the workers but for the helpers of multiprocessing, which end with them."""
    own = [psutil.Process(nanny.pid) for nanny in workers.workers.values()]
    below = [child for worker in own for child in worker.children(recursive=True)]
    helpers = {child.pid for worker in own for child in worker.children()}
    return [child for child in below if child.pid not in helpers]


def test_what_hangs_or_dies_costs_its_own_answer(workers: Any) -> None:
    with Cluster(workers.scheduler_address, Limits(seconds=3.0)) as cluster:
        assert cluster.jobs == 2
        hangs = cluster.submit(deque, repeat(None), 0)  # one instruction of Python that never ends
        dies = cluster.submit(os._exit, 3)
        raises = cluster.submit(int, "x")
        others = [cluster.submit(pow, 2, n) for n in range(6)]
        assert [other.result() for other in others] == [1, 2, 4, 8, 16, 32]
        with pytest.raises(TimeLimitExceeded, match="stopped after 3 s"):
            hangs.result()
        with pytest.raises(ChildDied, match="exit code 3"):
            dies.result()
        with pytest.raises(TaskFailed, match="ValueError"):
            raises.result()
        makers = {cluster.submit(os.getpid).result() for _ in range(4)}
        assert len(makers) <= 2  # children are made once, and not for each task
        assert not makers & {nanny.pid for nanny in workers.workers.values()}
        assert children_of(workers)
    assert gone(workers)


def test_breaking_off_ends_what_is_at_work(workers: Any) -> None:
    cluster = Cluster(workers.scheduler_address, Limits(seconds=500.0))
    futures = [cluster.submit(deque, repeat(None), 0) for _ in range(5)]
    while len(children_of(workers)) < 2:
        time.sleep(0.05)
    start = time.monotonic()
    cluster.shutdown(wait=False, cancel_futures=True)
    cluster.shutdown()
    assert gone(workers)
    assert time.monotonic() - start < 100  # and not the 500 s of a task
    for future in futures:
        with pytest.raises((ChildDied, TaskFailed)):
            future.result(timeout=20)


def gone(workers: Any) -> bool:
    for _ in range(400):
        if not children_of(workers):
            return True
        time.sleep(0.05)
    return False


def test_a_cluster_gives_the_same_marks(workers: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, sign in (("ada", "-"), ("ben", "+")):
        text = rf"$${ASKED} = p_i (\delta_{{ij}} {sign} p_j) = 1$$"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / "cem.pdf").touch()
    command = ["grade", str(tmp_path), "--against", "softmax_jacobian", "--format", "json"]
    assert main(command) == 0
    here = json.loads(capsys.readouterr().out)
    assert main([*command, "--executor", f"dask:{workers.scheduler_address}"]) == 0
    there = json.loads(capsys.readouterr().out)
    assert [file["student"] for file in there["files"]] == ["ada", "ben", "cem"]
    assert there == here
    assert gone(workers)


def test_what_the_cluster_loses_is_a_task_that_failed(workers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cluster(workers.scheduler_address, Limits()) as cluster:
        lost: Future[Any] = Future()
        lost.set_exception(RuntimeError("the worker died"))
        with monkeypatch.context() as patch:
            patch.setattr(cluster._executor, "submit", lambda *arguments: lost)
            with pytest.raises(TaskFailed, match="the cluster has lost it: RuntimeError: the worker died"):
                cluster.submit(int).result()
        assert cluster.submit(int, "7").result() == 7


def test_no_address_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "ANSWER", 0.2)
    (tmp_path / "a.md").touch()
    for address in ADDRESSES:
        code = main(["grade", str(tmp_path), "--against", "softmax_jacobian", "--executor", f"dask:{address}"])
        assert code == USAGE
        said = f"gradproof: no Dask scheduler answers at {address}; is it running, and is this its address?\n"
        assert capsys.readouterr().err == said


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_client_without_a_scheduler_is_closed_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ANSWER", 0.2)
    begun: list[Client] = []
    begin = Client.__init__

    def kept(self: Client, *arguments: Any, **named: Any) -> None:
        begun.append(self)
        begin(self, *arguments, **named)

    monkeypatch.setattr(Client, "__init__", kept)
    with pytest.raises(NoCluster):
        Cluster(address, Limits())
    assert [client.status for client in begun] == ["closed"]


def test_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoCluster, match=r"Dask is not installed here; pip install 'gradproof\[dask\]' installs it"):
        Cluster("tcp://127.0.0.1:1", Limits())


def test_workers_with_another_version_are_refused(workers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "__version__", "0.0.0")
    with pytest.raises(NoCluster, match=r"has gradproof .*; gradproof 0\.0\.0 has to be on all of them"):
        Cluster(workers.scheduler_address, Limits())


def test_workers_without_gradproof_are_refused(workers: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class Missing:
        """What a worker cannot load."""

        def __call__(self) -> str:
            raise AssertionError

        def __reduce__(self) -> tuple[Any, ...]:
            return importlib.import_module, ("nowhere",)

    monkeypatch.setattr(module, "version", Missing())
    with pytest.raises(NoCluster, match=r"the worker tcp://.* has no gradproof; gradproof .* has to be on all of them"):
        Cluster(workers.scheduler_address, Limits())


def test_a_cluster_without_workers() -> None:
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(NoCluster, match="has no workers"),
    ):
        Cluster(empty.scheduler_address, Limits())


@pytest.mark.parametrize("where", ["here", "on the cluster"])
def test_ctrl_c_ends_everything_and_writes_no_half_of_a_summary(where: str, workers: Any, tmp_path: Path) -> None:
    for number in range(20):
        members = " \\\\\n &= ".join(rf"p_i (\delta_{{ij}} - p_j) + {number} - {number}" for _ in range(9))
        text = rf"$$\begin{{aligned}} {ASKED} &= {members} \end{{aligned}}$$"
        (tmp_path / f"{number:02}.md").write_text(text, encoding="utf-8")
    summary = tmp_path / "marks.json"
    command = [
        sys.executable,
        "-m",
        "gradproof",
        "grade",
        str(tmp_path),
        "--against",
        "softmax_jacobian",
        "--jobs",
        "2",
    ]
    command += ["--summary", str(summary)]
    if where != "here":
        command += ["--executor", f"dask:{workers.scheduler_address}"]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert running.stdout is not None and "00.md" in running.stdout.readline()
    os.killpg(running.pid, signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, "gradproof: interrupted\n")
    assert not summary.exists()
    assert gone(workers)
    for _ in range(200):
        try:
            os.killpg(running.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("a child is left behind")


@pytest.mark.slow
def test_a_scheduler_that_goes_away_ends_the_run_in_one_sentence(tmp_path: Path) -> None:
    """Nobody is given no points because a machine was switched off."""
    for number in range(12):
        (tmp_path / f"{number:02}.md").write_text(rf"$${ASKED} = p_i (\delta_{{ij}} - p_j)$$", encoding="utf-8")
    script = (
        "import time\n"
        "from distributed import Client, LocalCluster\n"
        "if __name__ == '__main__':\n"
        "    cluster = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=':0')\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    time.sleep(600)\n"
    )
    (tmp_path / "cluster.script").write_text(script, encoding="utf-8")
    command = [sys.executable, str(tmp_path / "cluster.script")]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)
    assert running.stdout is not None
    address = running.stdout.readline().decode().strip()
    summary = tmp_path / "marks.csv"
    grading = [sys.executable, "-m", "gradproof", "grade", str(tmp_path / "*.md"), "--against", "softmax_jacobian"]
    grading += ["--executor", f"dask:{address}", "--summary", str(summary)]
    started = subprocess.Popen(
        grading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert started.stdout is not None and "00.md" in started.stdout.readline()
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    _, err = started.communicate(timeout=120)
    said = f"gradproof: the Dask scheduler at {address} does not answer any more; no summary is written"
    assert (started.returncode, err) == (1, f"{said}\n")
    assert not summary.exists()
