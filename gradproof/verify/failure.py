"""The failure of a check, in words."""

from __future__ import annotations


def explained(problem: BaseException) -> str:
    """What went wrong in a check, as one line: the kind of the failure and its own words."""
    kind = type(problem).__name__
    said = " ".join(str(problem).split())
    match problem:
        case MemoryError():
            return f"{kind}: there is not enough memory{f' ({said})' if said else ''}"
        case RecursionError():
            return f"{kind}: it calls itself without end ({said})"
    return f"{kind}: {said}" if said else kind
