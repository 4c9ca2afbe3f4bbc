"""A Dask cluster as an executor: each worker has a pool of limited children of its own, made once for a run.

What is handed in is as hostile on a cluster as at home, so that a worker does nothing itself: its children do, under
the same limits of time and memory. When the run is over, or is broken off, the pools of all workers end with it.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from gradproof._version import __version__
from gradproof.verify.failure import explained
from gradproof.verify.running import ChildDied, ChildPool, Limits, TaskFailed, TimeLimitExceeded

P = ParamSpec("P")
T = TypeVar("T")
#: Seconds in which a scheduler has to answer.
ANSWER = 10.0
_lock = threading.Lock()
#: On a worker: the pool of each run, None once it has ended.
_pools: dict[str, ChildPool | None] = {}


class NoCluster(RuntimeError):  # noqa: N818 - it is said to the grader
    """A cluster that cannot be used; the message says why."""


class Cluster(Executor):
    """The workers of a Dask scheduler at an address such as tcp://127.0.0.1:8786. Raises NoCluster.

    jobs  how many tasks run at once
    """

    def __init__(self, address: str, limits: Limits) -> None:
        try:
            from distributed import Client
        except ImportError as problem:
            raise NoCluster("Dask is not installed here; pip install 'gradproof[dask]' installs it") from problem
        self._address, self._limits = address, limits
        self._run = uuid.uuid4().hex
        begun: list[Client] = []

        class Kept(Client):
            """One that can be closed even if it finds no scheduler: left to be collected while the next one begins, it
            would wait for a lock that this one holds."""

            def __init__(self, *arguments: Any, **named: Any) -> None:
                begun.append(self)
                super().__init__(*arguments, **named)

        try:
            self._client = Kept(address, timeout=ANSWER, set_as_default=False, name="gradproof")
        except Exception as problem:  # of an address, of the network, or of a machine that is too busy to connect
            for client in begun:
                with suppress(Exception):
                    client.close()
            raise NoCluster(
                f"no Dask scheduler answers at {address}; is it running, and is this its address?"
            ) from problem
        try:
            self.jobs = self._slots()
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def _slots(self) -> int:
        workers: dict[str, dict[str, Any]] = self._client.scheduler_info(n_workers=-1)["workers"]
        if not workers:
            raise NoCluster(f"the Dask scheduler at {self._address} has no workers")
        for worker, found in self._client.run(version, on_error="return").items():
            if found != __version__:
                said = "has no gradproof" if isinstance(found, BaseException) else f"has gradproof {found}"
                raise NoCluster(f"the worker {worker} {said}; gradproof {__version__} has to be on all of them")
        return sum(int(worker["nthreads"]) for worker in workers.values())

    def submit(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> Future[T]:
        """A future that raises TaskFailed, TimeLimitExceeded or ChildDied, and NoCluster if the scheduler is gone."""
        task = pickle.dumps((function, arguments, named))
        answer: Future[T] = Future()
        try:
            asked: Future[Any] = self._executor.submit(at_worker, self._run, self._limits, task)
        except Exception as problem:
            raise self._lost(problem) from problem
        asked.add_done_callback(partial(self._passed_on, answer))
        return answer

    def _passed_on(self, answer: Future[Any], asked: Future[Any]) -> None:
        """What came of a task."""
        try:
            failed, value = asked.result()
        except Exception as problem:  # a worker that is gone for good, a scheduler that is, a future that was cancelled
            failed, value = True, self._lost(problem)
        if failed:
            answer.set_exception(value)
        else:
            answer.set_result(value)

    def _lost(self, problem: Exception) -> NoCluster | TaskFailed:
        if self._client.status in ("running", "closing"):
            return TaskFailed(f"the cluster has lost it: {explained(problem)}")
        return NoCluster(f"the Dask scheduler at {self._address} does not answer any more")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pools of the workers: when their tasks are done, or at once if futures are cancelled."""
        with suppress(OSError, RuntimeError):  # a scheduler that is gone: the workers end without it
            if self._client.status == "running":
                self._executor.shutdown(wait=wait and not cancel_futures)
                self._client.run(end, self._run, on_error="ignore")
        self._client.close()


def version() -> str:
    """The version of gradproof, where this runs."""
    return __version__


def at_worker(run: str, limits: Limits, task: bytes) -> tuple[bool, Any]:
    """Carry out a pickled task in a child of this worker: whether it failed, and what it gave or how it failed."""
    try:
        return False, _pool(run, limits).submit_pickled(task).result()
    except (TimeLimitExceeded, ChildDied, TaskFailed) as problem:
        return True, problem


def _pool(run: str, limits: Limits) -> ChildPool:
    from distributed import get_worker

    with _lock:
        if run not in _pools:
            # Workers under a nanny are daemons, which may have no children: they could outlive them. Ours do not, since
            # they end when nobody holds the other end of their connection.
            multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            _pools[run] = ChildPool(get_worker().state.nthreads, limits)
        pool = _pools[run]
    if pool is None:
        raise TaskFailed("the run was ended before this was tried")
    return pool


def end(run: str) -> None:
    """End the pool of a run on this worker, and what its children do."""
    with _lock:
        pool, _pools[run] = _pools.get(run), None
    if pool is not None:
        pool.shutdown(wait=False, cancel_futures=True)
