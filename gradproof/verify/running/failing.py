"""How a task can fail in a child process; each text is a sentence for the reader of a report."""

from __future__ import annotations

import signal

from ..verdict import STOPPED


class TaskFailed(Exception):  # noqa: N818 - it reads as what happened
    """The task raised, or could not be sent; the text says what."""


class TimeLimitExceeded(Exception):  # noqa: N818
    """The task ran longer than a child may, and its process was ended."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{STOPPED}{seconds:g} s, together with its process")
        self.seconds = seconds

    def __reduce__(self) -> tuple[type[TimeLimitExceeded], tuple[float]]:
        return type(self), (self.seconds,)


class ChildDied(Exception):  # noqa: N818
    """The process ended while it worked on the task."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"its process ended while it ran: {_how(code)}")
        self.code = code

    def __reduce__(self) -> tuple[type[ChildDied], tuple[int | None]]:
        return type(self), (self.code,)


def _how(code: int | None) -> str:
    """What an exit code of a process means."""
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
    if name == "SIGKILL":
        return f"signal {-code} ({name}), which the system sends where memory runs out"
    return f"signal {-code} ({name})"
