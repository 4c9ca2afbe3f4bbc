"""Methods that fail in every way there is. Child processes import this file, so it has no relative imports."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass
from itertools import repeat

from gradproof.verify.claim import Claim
from gradproof.verify.verdict import Budget, Evidence, Verdict


@dataclass(frozen=True)
class Faulty:
    """Fails on the claims with this name, and proves every other one."""

    on: str
    name: str = "faulty"

    def supports(self, claim: Claim) -> str:
        return ""

    def run(self, claim: Claim, budget: Budget, seed: int) -> Evidence:
        if claim.name == self.on:
            self.fail()
        return Evidence(self.name, Verdict.PROVED, scope="exactly", seed=seed, detail=str(os.getpid()))

    def fail(self) -> None:
        raise NotImplementedError


class Raises(Faulty):
    def fail(self) -> None:
        raise ValueError("why")


class Exits(Faulty):
    def fail(self) -> None:
        sys.exit("enough")


class HangsInPython(Faulty):
    def fail(self) -> None:
        while True:
            pass


class HangsInC(Faulty):
    """One instruction of Python that never ends: no signal handler written in Python runs before it is done."""

    def fail(self) -> None:
        deque(repeat(None), maxlen=0)


class HangsAgainstSignals(Faulty):
    def fail(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(600)


class Allocates(Faulty):
    def fail(self) -> None:
        hoard = []
        while True:
            hoard.append(bytearray(2**24))


LEAK: list[bytearray] = []


class Leaks(Faulty):
    """What it took is not given back when it fails."""

    def fail(self) -> None:
        while True:
            LEAK.append(bytearray(2**24))


class Recurses(Faulty):
    def fail(self) -> None:
        self.fail()


class IsKilled(Faulty):
    def fail(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Crashes(Faulty):
    def fail(self) -> None:
        ctypes.string_at(0)


class Leaves(Faulty):
    def fail(self) -> None:
        os._exit(0)


class Prints(Faulty):
    def fail(self) -> None:
        print("said by a method")
        os.write(1, b"written by a method\n")
