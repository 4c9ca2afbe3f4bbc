"""The fuzzing of reading, on a few thousand inputs that are always the same."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def fuzzing() -> ModuleType:
    path = Path(__file__).with_name("fuzz_reading.py")
    spec = importlib.util.spec_from_file_location("fuzz_reading", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz_reading"] = module
    spec.loader.exec_module(module)
    return module


def test_two_thousand_inputs_neither_crash_nor_hang(fuzzing: ModuleType) -> None:
    found = fuzzing.fuzz(2_000, seed=4)
    assert found.faults == []
    assert found.inputs == 2_000
    assert 100 < found.read < 1_900  # both kinds occur


def test_the_inputs_are_soup_and_mutated_lines(fuzzing: ModuleType) -> None:
    real = fuzzing.lines()
    texts = list(fuzzing.inputs(300, seed=0))
    near = sum(any(text[:12] == line[:12] or text[-12:] == line[-12:] for line in real) for text in texts)
    assert 30 < near < 270
    assert texts == list(fuzzing.inputs(300, seed=0))


def test_most_lines_of_real_notes_are_read(fuzzing: ModuleType) -> None:
    read, every = fuzzing.share_read()
    print(f"{read} of {every} unmutated lines read")
    assert every == 286
    assert read >= 266


def test_a_crash_is_seen(fuzzing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: str) -> None:
        raise IndexError("beyond the end")

    monkeypatch.setattr(fuzzing, "read", crash)
    assert [fault for _, fault in fuzzing.fuzz(3, seed=0).faults] == ["IndexError: beyond the end"] * 3


def test_a_hang_is_seen(fuzzing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "SECONDS", 0.0)
    assert all("took" in fault for _, fault in fuzzing.fuzz(3, seed=0).faults)


def test_bytes_stand_for_pieces_and_for_lines_with_pieces(fuzzing: ModuleType) -> None:
    real = fuzzing.lines()
    assert fuzzing.built(b"\x01\x00\x01", real) == fuzzing.SOUP[0] + fuzzing.SOUP[1]
    assert fuzzing.built(b"\x00\x02\x00", real) == real[2]
    changed = fuzzing.built(b"\x00\x02\x00\x03", real)
    assert changed == fuzzing.SOUP[3] + real[2]


def test_the_functions_that_coverage_is_taken_of_are_those_of_the_reader(fuzzing: ModuleType) -> None:
    from gradproof.derivations.notation.reading import parser

    names = {function.__qualname__ for function in fuzzing.functions_of(parser)}
    assert {"Parser.chain", "Parser.factor"} <= names
    assert all(function.__module__ == parser.__name__ for function in fuzzing.functions_of(parser))


def test_without_atheris_it_says_so(fuzzing: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "atheris", None)
    with pytest.raises(SystemExit, match="pip install atheris"):
        fuzzing.fuzz_by_coverage(1, 0)
