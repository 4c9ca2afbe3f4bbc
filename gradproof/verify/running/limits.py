"""What a child process may take."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass

MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """The time of one task in seconds, and the memory of one child in bytes; None: as much as there is.

    Memory is limited where the system can do so (RLIMIT_DATA, on Linux). Elsewhere only the time is.
    """

    seconds: float = 330.0
    memory: int | None = 4096 * MIB

    def apply(self) -> None:
        """Limit this process, for good. Ctrl-C is for the parent, and a crash leaves no core file."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if sys.platform == "win32":
            return
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self.memory is not None:
            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            allowed = self.memory if most == resource.RLIM_INFINITY else min(self.memory, most)
            resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))

    @property
    def outgrown(self) -> bool:
        """Whether this process holds more than half of its memory: it is better replaced than used again."""
        return self.memory is not None and _held() > self.memory // 2


def _held() -> int:
    """The bytes of memory that are this process's own; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            resident, shared = map(int, file.read().split()[1:3])
    except (OSError, ValueError):
        return 0
    return (resident - shared) * os.sysconf("SC_PAGE_SIZE")
