"""The corpus of submissions: nobody is accused wrongly, the first wrong line is found, and no slip is named wrongly.

The figures of all of it come from benchmarks/grade_corpus.py; this is a share of it, the same one each time.
"""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
#: How many submissions of each kind are graded here.
_SHARE = 10


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("grade_corpus", ROOT / "benchmarks" / "grade_corpus.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["grade_corpus"] = module
    spec.loader.exec_module(module)
    return module


corpus = _load()


def test_the_corpus_is_what_it_says() -> None:
    from gradproof.derivations.slips import SLIPS

    all_ = list(corpus.submissions())
    wrong = [each for each in all_ if each.wrong]
    assert len(all_) - len(wrong) >= 60
    assert len(wrong) >= 150
    assert 2 * sum(each.made == "hand" for each in wrong) >= len(wrong)
    names = {slip.name for slip in SLIPS}
    assert all(set(each.slips) - {""} <= names for each in all_)
    assert all(not each.slips and not each.also for each in all_ if not each.wrong)
    assert all(0 <= each.wrong <= each.text.count("\n") for each in all_)
    assert all(each.why for each in wrong if each.made == "hand")
    assert len({each.text for each in all_}) == len(all_)
    assert len({each.against for each in all_}) > 35


def test_slips_come_in_several_places() -> None:
    named = Counter(name for each in corpus.submissions() for name in set(each.slips) - {""})
    assert sum(count > 2 for count in named.values()) > 30


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("wrong variable", 4), ("∂ missing", 4), ("sign of the update", 4), ("commuted", 3), ("one-hot assumed", 3),
        ("penalty without weight", 3), ("transposed", 3), ("index dropped", 3),
    ],
)  # fmt: skip
def test_slips_that_hardly_occur_have_cases_by_hand(name: str, least: int) -> None:
    cases = [each for each in corpus.submissions() if each.made == "hand" and name in each.slips]
    assert len(cases) >= least
    assert len({each.against for each in cases}) > 1


@pytest.fixture(scope="module")
def share() -> list[object]:
    """Right ones and wrong ones, in an order that depends on the seed only."""
    right = [each for each in corpus.submissions() if not each.wrong]
    wrong = [each for each in corpus.submissions() if each.wrong]
    chosen = random.Random(4)
    return [*chosen.sample(right, _SHARE), *chosen.sample(wrong, _SHARE)]


@pytest.mark.slow
def test_a_share_of_the_corpus_is_graded_as_it_should_be(share: list[object], tmp_path: Path) -> None:
    outcomes = [corpus.outcome(each, tmp_path) for each in share]
    found = corpus.figures(outcomes)
    assert (found.right, found.wrong) == (_SHARE, _SHARE)
    assert found.accused == 0, [each.submission.name for each in outcomes if each.accused]
    assert found.passed == 0, [each.submission.name for each in outcomes if each.passed]
    assert found.misnamed == 0, [(each.submission.name, each.slip) for each in outcomes if each.misnamed]
    assert found.f1 >= 0.9, str(found)
    assert found.named >= 0.8 * found.to_name, str(found)


def test_a_grader_that_errs_is_seen_to_err(tmp_path: Path) -> None:
    """The figures are those of what is there: a label that is not true of a submission counts against the grader."""
    right = corpus.Submission("right", "tanh_derivative", r"$$\frac{d}{dx} \tanh x = 1 - \tanh^2 x$$")
    wrong = corpus.Submission("wrong", "tanh_derivative", r"$$\frac{d}{dx} \tanh x = 1 - \tanh x$$", 1, ("sign",))
    told_wrong = corpus.Submission("lie", right.against, right.text, 1, ("sign",))
    told_right = corpus.Submission("lie", wrong.against, wrong.text)
    found = corpus.figures([corpus.outcome(each, tmp_path) for each in (right, wrong, told_wrong, told_right)])
    assert (found.accused, found.passed, found.misnamed) == (1, 1, 2)
    assert found.precision == 0.5
    assert found.recall == 0.5
