"""What a verdict depends on beside the claim: the sources of the provers, and the versions of what they compute with.

Everything is read from files and from the metadata of installed packages; nothing is imported for it.
"""

from __future__ import annotations

import hashlib
import os
import platform
from functools import lru_cache
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
#: What decides claims, and what makes them. (That the first imports nothing else of ours is a test.)
PROVERS = ("verify", "derivations/calculus", "derivations/notation")
CATALOGUE = ("verify", "derivations")
LIBRARIES = ("sympy", "mpmath", "numpy", "python-flint", "torch")


@lru_cache
def digest(folders: tuple[str, ...]) -> str:
    """The SHA-256 of all Python files in folders of the package, with their names; empty if there are none."""
    files = _files(folders)
    total = hashlib.sha256()
    for path in files:
        for part in (path.relative_to(PACKAGE).as_posix().encode(), path.read_bytes()):
            total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest() if files else ""


def unchanged(folders: tuple[str, ...] = CATALOGUE) -> bool:
    """Whether the files are still those of the digest: what is found after an edit belongs to neither state of them."""
    return all(_stamp(path) == stamp for path, stamp in _state(folders).items())


def complete(folders: tuple[str, ...] = CATALOGUE) -> bool:
    """Whether, besides, no file has been added."""
    return unchanged(folders) and set(map(str, _files(folders))) == set(_state(folders))


@lru_cache
def _state(folders: tuple[str, ...]) -> dict[str, tuple[int, int] | None]:
    return {str(path): _stamp(str(path)) for path in _files(folders)}


def _stamp(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _files(folders: tuple[str, ...]) -> list[Path]:
    return sorted(path for folder in folders for path in (PACKAGE / folder).rglob("*.py"))


@lru_cache
def versions() -> dict[str, str]:
    """The versions of Python and of the libraries, and the kind of machine; an empty text for what is not there."""
    found = {"python": f"{platform.python_implementation()} {platform.python_version()}"}
    for library in LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = ""
    return found | {"machine": f"{platform.system()} {platform.machine()}"}


def device_identity(device: str) -> str | None:
    """The device by name; None if it is not there, so that nothing that is known of it may be used.

    A GPU is asked for by loading Torch: a verdict from a GPU must not be shown where there is none any more.
    """
    if device == "cpu":
        return "cpu"
    from ..autograd.oracle import device_name, unavailable, versions

    return None if unavailable(device) else f"{device_name(device)}, {versions(device)}"
