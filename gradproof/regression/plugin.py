"""The pytest plugin: formulas of documents as tests, one item a claim.

pytest loads this file in every run of everybody who has gradproof installed, so it only reads options. The rest is
loaded, and registered, where `--gradproof` or the setting `gradproof_files` asks for it.
"""

from __future__ import annotations

import pytest

MODES = ("marked", "all")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("gradproof", "formulas in documents")
    group.addoption(
        "--gradproof",
        action="store_true",
        help="check the formulas of the .md, .tex, .ipynb and .py files that are named (or of gradproof_files)",
    )
    group.addoption("--gradproof-mode", choices=MODES, help="overrides the setting gradproof_mode")
    group.addoption(
        "--gradproof-strict", action="store_true", help="what could not be decided or read fails, too, not only skips"
    )
    group.addoption(
        "--gradproof-seed",
        metavar="N|nightly|random",
        default="0",
        help="chooses the points and primes: a number, the date (nightly), or any (random); default: 0",
    )
    group.addoption(
        "--gradproof-declare",
        metavar="LINES|FILE",
        action="append",
        default=[],
        help="declarations before all documents, after those of the setting gradproof_declarations: lines, or a file",
    )
    parser.addini(
        "gradproof_declarations",
        "declarations before all documents: a line each, as in x : R, or files (.txt, .toml) from the root",
        type="linelist",
    )
    parser.addini(
        "gradproof_files", "documents whose formulas are checked, as in docs/*.md: patterns from the root", type="args"
    )
    parser.addini(
        "gradproof_mode",
        "marked: formulas that a comment marks; all: everything that claims something",
        default="marked",
    )
    parser.addini("gradproof_strict", "whether what could not be decided or read fails", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "formula: a formula in a document, which gradproof checks")
    if config.getoption("gradproof") or config.getini("gradproof_files"):
        from .documents.collecting import Collecting
        from .documents.reporting import Reporting
        from .documents.request import asked_by

        request = asked_by(config)
        config.pluginmanager.register(Collecting(config, request), "gradproof-collecting")
        config.pluginmanager.register(Reporting(config, request), "gradproof-reporting")
