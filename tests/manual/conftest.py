"""What the tests of the manual share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Verdicts of the whole manual: what is proved on one page is known on the next, as on a reader's machine."""
    return tmp_path_factory.mktemp("verdicts")
