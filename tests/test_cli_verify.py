"""`gradproof verify`: each verdict has its exit code, its words and its place in the JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator

import pytest
from sympy import Integer

from gradproof.cli import checking, exits, main, verifying
from gradproof.derivations.calculus import Derivation, Relation
from gradproof.verify.batch import Checked
from gradproof.verify.cache import Setting
from gradproof.verify.claim import Claim
from gradproof.verify.record import Record
from gradproof.verify.verdict import Counterexample, Evidence, Report, Verdict, worst

CODES = {
    Verdict.PROVED: 0,
    Verdict.AGREES: 0,
    Verdict.REFUTED: 1,
    Verdict.ERROR: 1,
    Verdict.UNDECIDED: 3,
    Verdict.VACUOUS: 3,
    Verdict.UNAVAILABLE: 3,
}

Answer = Callable[..., None]


def report(name: str, verdict: Verdict) -> Report:
    point = (
        Counterexample({"n": 2}, {"i": 1}, {"z": ["0", "1"]}, "-0.19", "0.19") if verdict is Verdict.REFUTED else None
    )
    claim = Claim(name, Integer(1), Relation.EQUAL, Integer(2))
    return Report(claim, (Evidence("a method", verdict, scope="every n", detail="a detail", counterexample=point),))


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Makes every derivation be checked with these verdicts, one for each line."""

    def set_verdicts(*verdicts: Verdict) -> None:
        def verify(derivations: Iterable[Derivation], setting: Setting, **_: object) -> Iterator[Checked]:
            seen.append(setting)
            for each in derivations:
                reports = tuple(report(f"{each.name}:A{n}", verdict) for n, verdict in enumerate(verdicts, 1))
                yield Checked(each, reports, tuple(map(Record.of, reports)))

        monkeypatch.setattr(checking, "verify_derivations", verify)

    seen: list[Setting] = []
    set_verdicts.seen = seen  # type: ignore[attr-defined]
    return set_verdicts


@pytest.mark.parametrize("verdict", Verdict)
def test_each_verdict_has_an_exit_code(verdict: Verdict, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    answer(Verdict.PROVED, verdict)
    assert main(["verify", "softmax_jacobian"]) == CODES[verdict]
    captured = capsys.readouterr()
    assert captured.err == ""
    first, *details, last = captured.out.splitlines()
    assert first.split()[:2] == [verifying.WORDS[verdict][0], "softmax_jacobian"]
    assert last.startswith("1 derivation, 2 lines: ")
    assert verifying.WORDS[verdict][0] in last
    assert bool(details) is not verdict.ok  # what is not well is explained without being asked
    assert ("n = 2, i = 1, z = (0, 1): left −0.19, right 0.19" in captured.out) is (verdict is Verdict.REFUTED)


@pytest.mark.parametrize("verdict", Verdict)
def test_the_json(verdict: Verdict, answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    answer(Verdict.PROVED, verdict)
    assert main(["verify", "softmax_jacobian", "--json", "--seed", "7"]) == CODES[verdict]
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "gradproof/verify/1"
    assert (document["seed"], document["torch"], document["device"]) == (7, False, "cpu")
    assert (document["complete"], document["ok"]) == (True, verdict.ok)
    (derivation,) = document["derivations"]
    assert (derivation["name"], derivation["verdict"]) == ("softmax_jacobian", verdict.name)
    assert [each["verdict"] for each in derivation["reports"]] == ["PROVED", verdict.name]


def test_nothing_checked_is_not_all_is_well(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    answer()
    assert main(["verify", "softmax_jacobian"]) == 3
    assert "vacuous" in capsys.readouterr().out
    assert main(["verify", "softmax_jacobian", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["ok"] is False


@pytest.mark.parametrize("first", Verdict)
@pytest.mark.parametrize("second", Verdict)
def test_the_worse_of_two_verdicts_decides(first: Verdict, second: Verdict) -> None:
    """1 beats 3 beats 0, in either order, and the verdict shown has the exit code given."""
    codes = {CODES[first], CODES[second]}
    expected = 1 if 1 in codes else max(codes)
    assert exits.exit_code([first, second]) == expected
    assert CODES[worst([first, second])] == expected


def test_what_was_asked_for_is_passed_on(answer: Answer) -> None:
    answer(Verdict.PROVED)
    main(["verify", "softmax_jacobian", "--device", "cuda", "--seed", "3", "--no-cache"])
    assert answer.seen == [Setting(torch=True, device="cuda", seed=3)]  # type: ignore[attr-defined]


def test_every_line_is_shown_when_asked(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    answer(Verdict.PROVED, Verdict.AGREES)
    assert main(["verify", "softmax_jacobian", "--verbose"]) == 0
    out = capsys.readouterr().out
    assert "softmax_jacobian:A1: proved" in out
    assert "softmax_jacobian:A2: agrees at every point tried, which is not a proof" in out
    assert "a method: agrees; every n; a detail" in out


def test_a_name_is_checked_once(answer: Answer, capsys: pytest.CaptureFixture[str]) -> None:
    answer(Verdict.PROVED)
    assert main(["verify", "softmax_jacobian", "softmax_jacobian"]) == 0
    assert capsys.readouterr().out.count("softmax_jacobian") == 1


@pytest.mark.skipif(os.name == "nt", reason="a terminal of POSIX")
def test_colours_and_a_bar_on_a_terminal_only() -> None:
    command = [sys.executable, "-m", "gradproof", "verify", "softmax_shift"]
    plain = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "\x1b" not in plain.stdout + plain.stderr
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    coloured = on_a_terminal(command, environment)
    assert "\x1b[32mproved" in coloured
    assert "0/1" in coloured
    assert "\x1b[32m" not in on_a_terminal(command, environment | {"NO_COLOR": "1"})


def on_a_terminal(command: list[str], environment: dict[str, str]) -> str:
    """What a command writes when stdout and stderr are a terminal."""
    import pty

    own, other = pty.openpty()
    process = subprocess.Popen(command, stdout=other, stderr=other, env=environment)
    os.close(other)
    written = b""
    while True:
        try:
            piece = os.read(own, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        written += piece
    os.close(own)
    assert process.wait(60) == 0
    return written.decode()
