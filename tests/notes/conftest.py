"""Reports made by hand, for every verdict, and a page reader that knows nothing of how pages are written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.calculus import Derivation
from gradproof.notes import build, lessons_of
from gradproof.notes.lessons import Lesson
from gradproof.notes.tree import Document
from gradproof.verify.check import claims_of
from gradproof.verify.verdict import Counterexample, Evidence, Report, Verdict


@pytest.fixture(scope="session")
def whole() -> dict[str, Document]:
    """The notes on the whole catalogue, in both languages, without reports."""
    return {language: build(catalogue.derivations(), {}, language) for language in ("en", "zh")}


#: Entries that have, together, everything that can stand beside the lines.
TAUGHT = (
    "sigmoid_derivative",
    "softmax_jacobian",
    "cross_entropy_gradient",
    "mse_gradient",
    "entropy_at_most_log",
    "linear_regression_weights",
    "hidden_layer_hidden_weights",
    "layer_weights",
    "softplus_stable",
)


@pytest.fixture(scope="session")
def lessons_taught() -> dict[str, Lesson]:
    """The lessons of some entries, found now."""
    return dict(lessons_of(map(catalogue.find, TAUGHT)))


@pytest.fixture(scope="session")
def taught(lessons_taught: dict[str, Lesson]) -> dict[str, Document]:
    """The notes on these entries with everything that stands beside their lines, without reports."""
    derivations = [catalogue.find(name) for name in TAUGHT]
    return {language: build(derivations, {}, language, lessons=lessons_taught) for language in ("en", "zh")}


Reported = Callable[..., tuple[Report, ...]]


@pytest.fixture(scope="session")
def jacobian() -> Derivation:
    return catalogue.find("softmax_jacobian")


@pytest.fixture(scope="session")
def reported() -> Reported:
    """Reports on all claims of a derivation: PROVED, except for the claims that are named with another verdict."""

    def make(derivation: Derivation, **others: Verdict | None) -> tuple[Report, ...]:
        reports = []
        for claim in claims_of(derivation):
            verdict = others.get(claim.name.replace(":", "_").replace(".", "_"), Verdict.PROVED)
            if verdict is not None:
                reports.append(Report(claim, (evidence(verdict),)))
        return tuple(reports)

    return make


def evidence(verdict: Verdict) -> Evidence:
    if verdict is Verdict.PROVED:
        return Evidence("every size", verdict, scope="every n", bound=2.0**-60, seed=0)
    if verdict is Verdict.REFUTED:
        point = Counterexample({"n": 2}, {"i": 1}, {"z": ["0", "1/2"]}, "0.25", "0.75")
        return Evidence("balls", verdict, scope="n = 2", drawn=5, seed=0, counterexample=point)
    versions = {"numpy": "2.0"}
    return Evidence("balls", verdict, scope="1200 points, float64, cpu", drawn=5, worst=0.25, versions=versions)
