"""Writing a file whole or not at all: whoever reads it finds what stood there before, or all that was written."""

from __future__ import annotations

import os
import uuid
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file in place of any other of its name; text is UTF-8. Raises OSError, and then leaves nothing behind.

    It is written under a name of its own beside it, so that others who write the same file at that time do no harm.
    """
    fresh = path.with_name(f".{uuid.uuid4().hex}.new")
    try:
        with fresh.open("xb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.replace(fresh, path)
    except BaseException:  # an interrupt as well: it goes on after the file is gone
        with suppress(OSError):
            fresh.unlink()
        raise
