"""The command `gradproof`. Importing this, and asking for help, loads neither SymPy nor NumPy nor Torch."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

from .exits import INTERRUPTED, USAGE, CommandError
from .terminal import complain, end_quietly, prepare_streams

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line (without the program's name; default: that of the process) and return the exit code.

    What is wrong with the request is said in one line on stderr; only a fault of gradproof itself gives a traceback.
    """
    prepare_streams()
    try:
        with _ending_cleanly():
            code = _run(arguments)
            sys.stdout.flush()
            return code
    except CommandError as error:
        complain(str(error))
        return error.code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return end_quietly()


def _run(arguments: Sequence[str] | None) -> int:
    import typer
    from typer.main import get_command

    from .app import app

    try:
        code = get_command(app).main(
            args=None if arguments is None else list(arguments), prog_name="gradproof", standalone_mode=False
        )
    except typer.TyperException as error:  # an option that does not exist, a value that is none of the choices
        raise CommandError(" ".join(error.format_message().split()), USAGE) from error
    except SystemExit as ending:  # so Typer ends when the reader of stdout has gone
        if isinstance(ending.__context__, BrokenPipeError):
            raise ending.__context__ from None
        raise
    if code == INTERRUPTED:  # Typer turns Ctrl-C into this code, without a word
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """SIGTERM ends the block as an exception, so that half-written folders are removed. Only the main thread may."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        sys.exit(128 + number)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
