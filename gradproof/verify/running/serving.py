"""What a child process does: it takes one task after the other from its connection, and answers each."""

from __future__ import annotations

import faulthandler
import os
import pickle
import sys
from multiprocessing.connection import Connection

from ..failure import explained
from .limits import Limits

#: What a child sends when it is loaded and waits for tasks.
READY = b"ready"
#: The bits of the first byte of an answer: the task failed; the child ends after this answer.
FAILED, GOING = 1, 2
#: Seconds after which a child that is over its time ends itself: nobody is left who would end it.
LATE = 30.0


def serve(connection: Connection, limits: Limits) -> None:
    """Answer tasks until the other end is closed, or until this process has grown so large that a fresh one is better.

    A task is a pickled (function, arguments, named arguments). An answer is a pickled value, or the sentence that says
    what went wrong; GOING and FAILED, set before it, say so.
    """
    from . import loaded as loaded  # in a child that was not forked from the server

    limits.apply()
    os.dup2(sys.__stderr__.fileno() if sys.__stderr__ else 2, 1)  # stdout is for the results of the command
    with open(os.devnull, "w") as nowhere:
        try:
            connection.send_bytes(READY)
            going = False
            while not going:
                task = connection.recv_bytes()
                # a thread in C, which acts when a loop in C holds all of Python up
                faulthandler.dump_traceback_later(limits.seconds + LATE, exit=True, file=nowhere)
                failed, value = _answer(task)
                faulthandler.cancel_dump_traceback_later()
                going = limits.outgrown
                connection.send_bytes(bytes([FAILED * failed + GOING * going]) + value)
        except (EOFError, OSError):  # the parent has closed its end, or is no more
            return


def _answer(task: bytes) -> tuple[bool, bytes]:
    """Whether the task failed, and what it gave or what went wrong."""
    try:
        function, arguments, named = pickle.loads(task)
        return False, pickle.dumps(function(*arguments, **named))
    except BaseException as problem:  # also SystemExit: no task ends the child that runs it
        return True, pickle.dumps(explained(problem))
