"""Child processes that are loaded once, limited, supervised, and replaced when they die.

Each child has a connection of its own, and a thread of this process that waits for it: a child that is killed at any
moment takes its own task with it and nothing else. (Pools that share a queue between their children break as a whole
when a child dies at the wrong moment.)
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from .failing import ChildDied, TaskFailed, TimeLimitExceeded
from .limits import Limits
from .serving import FAILED, GOING, READY, serve

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds in which a child must be loaded.
START = 120.0
_FORK = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("forkserver" if _FORK else "spawn")
#: Starting and collecting processes is not safe in several threads at once.
_processes = threading.Lock()


def cores() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Child:
    """One child process. It is started when it is needed, and again after it has ended."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._closed = False

    def call(self, task: bytes) -> Any:
        """What the task gives. Raises TaskFailed, TimeLimitExceeded or ChildDied; after the last two it is fresh."""
        connection = self._started()
        try:
            connection.send_bytes(task)
            if not connection.poll(self._limits.seconds):
                self.end()
                raise TimeLimitExceeded(self._limits.seconds)
            received = connection.recv_bytes()
        except (EOFError, OSError) as lost:
            raise ChildDied(self.end(wait=1)) from lost
        if received[0] & GOING:
            self.end(wait=1)
        answer = pickle.loads(received[1:])
        if received[0] & FAILED:
            raise TaskFailed(answer)
        return answer

    def close(self) -> None:
        """End the process for good, also where it is at work: the thread that waits for it sees that it has died."""
        with _processes:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def _started(self) -> Connection:
        """The connection to the process, which is started if there is none, or the last one ended while it was idle."""
        if self._connection is not None and not self._connection.poll():
            return self._connection
        self.end()
        connection: Connection
        connection, other = _CONTEXT.Pipe()
        with _processes:
            start_server()
            if self._closed:
                raise TaskFailed("the run was ended before this was tried")
            self._process = _CONTEXT.Process(target=serve, args=(other, self._limits), daemon=True)
            self._process.start()
        other.close()
        self._connection = connection
        try:
            if connection.poll(START) and connection.recv_bytes() == READY:
                return connection
        except (EOFError, OSError):
            pass
        raise ChildDied(self.end(wait=1))

    def end(self, wait: float = 0) -> int | None:
        """End the process if it does not end by itself within so many seconds; its exit code."""
        with _processes:
            process, connection = self._process, self._connection
            self._process = self._connection = None
            if connection is not None:
                connection.close()
            if process is None:
                return None
            process.join(wait)
            process.kill()
            process.join()
            code: int | None = process.exitcode
            process.close()
            return code


class ChildPool(Executor):
    """An executor of `jobs` child processes: `submit(function, …)` runs a function that the children can import.

    limits    on the seconds and the memory of a task
    A future raises TaskFailed, TimeLimitExceeded or ChildDied where there is no result. Leaving the `with` block by an
    exception, such as Ctrl-C, ends the children at once.
    """

    def __init__(self, jobs: int | None = None, limits: Limits | None = None) -> None:
        self.jobs = cores() if jobs is None else jobs
        if self.jobs < 1:
            raise ValueError(f"{self.jobs} child processes cannot do anything; at least one is needed")
        self.limits = limits or Limits()
        self._children = tuple(Child(self.limits) for _ in range(self.jobs))
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(self.jobs, "gradproof-child")

    def submit(self, function: Callable[P, T], /, *arguments: P.args, **named: P.kwargs) -> Future[T]:
        return self._threads.submit(self._call, function, arguments, named)

    def submit_pickled(self, task: bytes) -> Future[Any]:
        """The same for a pickled (function, arguments, named arguments), which only a child unpickles."""
        return self._threads.submit(self._sent, task)

    def _call(self, function: Callable[..., T], arguments: tuple[Any, ...], named: dict[str, Any]) -> T:
        try:
            task = pickle.dumps((function, arguments, named))
        except (pickle.PicklingError, AttributeError, TypeError) as problem:
            raise TaskFailed(f"it cannot be sent to another process: {problem}") from problem
        value: T = self._sent(task)
        return value

    def _sent(self, task: bytes) -> Any:
        child = self._idle.get()
        try:
            return child.call(task)
        finally:
            self._idle.put(child)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the children: when their tasks are done, or at once if futures are cancelled."""
        if not cancel_futures:
            self._threads.shutdown(wait)
        for child in self._children if wait or cancel_futures else ():
            child.close()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        for child in self._children if wait else ():
            child.end()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(cancel_futures=kind is not None)


def start_server() -> None:
    """Start the server that children are forked from, so that it loads while this process does something else.

    A pool starts it when it needs it. Ctrl-C is blocked in it and its children: it is for this process, which ends
    them. Where processes are not forked there is no server, and each child loads by itself.
    """
    if sys.platform == "win32" or not _FORK:
        return
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()  # the server starts it if need be, and lets Ctrl-C through again
    _CONTEXT.set_forkserver_preload([f"{__package__}.loaded"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
