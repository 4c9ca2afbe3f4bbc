"""What all tests share: the Hypothesis profiles, and the tests that need what a machine may lack.

Tests marked `tex`, `browser`, `cuda` or `manual` are left out unless `-m` names their mark; each run says how many.
Named, they run, and where the tool is missing they fail: what was asked for and is absent is no success.
"""

from __future__ import annotations

import itertools
import shutil
import signal
from collections import Counter
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("explore", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("ci")

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would the commands that they interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

#: What a mark needs, and how a person gets it.
NEEDS = {
    "tex": "latexmk and TeX Live",
    "browser": "Chromium",
    "cuda": "Torch with a CUDA device",
    "manual": "some minutes",
}

_left_out: Counter[str] = Counter()


def missing(mark: str) -> bool:
    """Whether what tests with this mark need is absent."""
    if mark == "tex":
        return shutil.which("latexmk") is None
    if mark == "browser":
        return not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    if mark == "manual":
        return False
    import torch

    return not torch.cuda.is_available()


_caches = itertools.count()


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds verdicts of another one, or of the person who runs the tests."""
    monkeypatch.setenv("GRADPROOF_CACHE_DIR", str(tmp_path_factory.getbasetemp() / f"verdicts-{next(_caches)}"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.option.markexpr
    kept: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        unasked = [mark for mark in NEEDS if item.get_closest_marker(mark) and mark not in asked]
        _left_out.update(unasked[:1])
        (out if unasked else kept).append(item)
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = kept


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    for mark, need in NEEDS.items():
        if item.get_closest_marker(mark) and missing(mark):
            pytest.fail(f"a test marked {mark} needs {need}, which is not here", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # a worker of pytest-xdist, which reports to its controller
        session.config.workeroutput["left_out"] = dict(_left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    _left_out.clear()  # each worker collects everything, so one count is the count
    _left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for mark in NEEDS:
        terminalreporter.write_line(f"tests marked {mark} left out: {_left_out[mark]} (pytest -m {mark} runs them)")
