"""The documents that the plugin is measured with."""

from __future__ import annotations

import sys
import tomllib

import pytest

from gradproof.grading.checking import Checking, checked_text
from gradproof.grading.status import LineStatus

from .loading import FOLDER, load


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.syspath_prepend(str(FOLDER))
    speed = load("plugin_speed")
    monkeypatch.delitem(sys.modules, "plugin_speed")
    statements = tomllib.loads(speed.CORPUS.read_text(encoding="utf-8"))["statement"]
    assert len(list(speed.documents(statements, 100))) > 5
    return list(speed.documents(statements, 8))


def test_they_hold(texts: list[str]) -> None:
    found = [finding for text in texts for finding in checked_text(text, "-", Checking()).findings]
    assert len([finding for finding in found if finding.status.ok]) >= 8
    assert all(finding.status.ok or finding.status is LineStatus.DEFINITION for finding in found)
