"""Values in JSON under keys, one file each, in a folder that nobody has to trust.

A file is replaced whole (written beside its place, then moved), and holds a checksum over its key and its value: what
is cut off, altered, or belongs to another key counts as absent. Whatever is wrong with the folder, nothing is raised.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from gradproof.verify.whole_file import write_whole

SCHEMA = "gradproof/cache/1"
#: The variable that names the folder.
VARIABLE = "GRADPROOF_CACHE_DIR"
#: How long a value is kept, and how many at most.
DAYS, MOST = 30, 20_000


def default_folder() -> Path:
    """$GRADPROOF_CACHE_DIR, or the folder that the system has for caches of this user."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("gradproof")


class Store:
    """The values in a folder.

    problem    why a value could not be written; empty if all is well
    written    whether a value was
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problem = ""
        self.written = False

    def get(self, key: str) -> Any:
        """The value under the key; None if there is none, or none that can be relied on."""
        try:
            head, body = self._place(key).read_bytes().split(b"\n", 1)
            if json.loads(head) == {"schema": SCHEMA, "sha256": _checksum(key, body)}:
                return json.loads(body)
        except (OSError, ValueError, RecursionError):
            pass
        return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value that JSON can write, in the place of any other under this key."""
        body = json.dumps(value, allow_nan=False).encode()
        head = json.dumps({"schema": SCHEMA, "sha256": _checksum(key, body)}).encode()
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, head + b"\n" + body)
            self.written = True
        except OSError as error:
            self.problem = f"{self.folder} cannot be written into: {error.strerror}"

    def tidy(self) -> None:
        """Remove what is older than DAYS, and the oldest of more than MOST."""
        written: list[tuple[float, Path]] = []
        for file in self.folder.glob("??/*"):
            with suppress(OSError):
                written.append((file.stat().st_mtime, file))
        written.sort(reverse=True)
        oldest = time.time() - DAYS * 86400
        for place, (when, file) in enumerate(written):
            if place >= MOST or when < oldest:
                with suppress(OSError):
                    file.unlink()

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.json"


def _checksum(key: str, body: bytes) -> str:
    return hashlib.sha256(key.encode() + b"\n" + body).hexdigest()
