"""Lessons are kept from one run to the next, and nothing is believed that does not belong to its entry."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.notes.lessons import Lesson, lesson_of, lessons_of
from gradproof.verify.cache import Store

NAMES = ("sigmoid_derivative", "mse_gradient")


def test_a_lesson_is_whole(lessons_taught: dict[str, Lesson]) -> None:
    for name, found in lessons_taught.items():
        assert Lesson.from_json(catalogue.find(name), json.loads(json.dumps(found.to_json()))) == found
    everything = list(lessons_taught.values())
    assert any(found.figures for found in everything) and any(found.stability for found in everything)
    assert any(found.example for found in everything) and any(found.wrong_line for found in everything)


def test_the_same_lesson_twice(lessons_taught: dict[str, Lesson]) -> None:
    for name in NAMES:
        assert lesson_of(catalogue.find(name)) == lessons_taught[name]


def test_what_is_kept_is_not_found_again(
    lessons_taught: dict[str, Lesson], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    derivations = [catalogue.find(name) for name in NAMES]
    store = Store(tmp_path)
    first = dict(lessons_of(derivations, store))
    assert first == {name: lessons_taught[name] for name in NAMES}

    def never(*anything: object) -> Lesson:
        raise AssertionError("it is kept")

    monkeypatch.setattr("gradproof.notes.lessons.lesson.lesson_of", never)
    assert dict(lessons_of(derivations, store)) == first
    with pytest.raises(AssertionError, match="it is kept"):
        dict(lessons_of(derivations, store, seed=1))


def test_a_change_of_one_entry_leaves_the_lessons_of_the_others(
    lessons_taught: dict[str, Lesson], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mse, sigmoid = (catalogue.find(name) for name in ("mse_gradient", "sigmoid_derivative"))
    store = Store(tmp_path)
    dict(lessons_of([mse, sigmoid], store))
    asked: list[str] = []

    def again(derivation: Derivation, seed: int) -> Lesson:
        asked.append(derivation.name)
        return lessons_taught[derivation.name]

    monkeypatch.setattr("gradproof.notes.lessons.lesson.lesson_of", again)
    step = mse.steps[0]
    changed = replace(mse, steps=(replace(step, id="Z1"), *mse.steps[1:]))
    dict(lessons_of([changed, sigmoid], store))
    assert asked == [mse.name]


def test_what_belongs_to_another_formula_is_found_anew(lessons_taught: dict[str, Lesson], tmp_path: Path) -> None:
    """Also if it lies under the right key."""
    mse, sigmoid = (catalogue.find(name) for name in ("mse_gradient", "sigmoid_derivative"))
    store = Store(tmp_path)
    keys: list[str] = []
    watched = store.put

    def put(key: str, value: object) -> None:
        keys.append(key)
        watched(key, value)

    store.put = put  # type: ignore[method-assign]
    dict(lessons_of([mse], store))
    watched(keys[0], lessons_taught[sigmoid.name].to_json())
    assert dict(lessons_of([mse], store))[mse.name] == lessons_taught[mse.name]
