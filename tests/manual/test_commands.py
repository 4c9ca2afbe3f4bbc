"""Commands that stand in the manual without their output: they run, or what they name is there."""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from gradproof.derivations.meaning import declared

from .blocks import ROOT
from .clone import Shell, with_capitals
from .treating import ELSEWHERE, lines_of, of_kind

COMMANDS = sorted({line for block in of_kind("commands") for line in lines_of(block)})
RUN = [line for line in COMMANDS if line.startswith(("gradproof ", "pytest ", "echo ")) and line not in ELSEWHERE]


@pytest.mark.manual
@pytest.mark.parametrize("command", RUN)
def test_commands_run(command: str, tmp_path: Path, verdicts: Path) -> None:
    code, said = with_capitals(Shell(tmp_path, verdicts)).run(command, typed="$$x + x = 2 x$$\n")
    assert code == 0, said
    assert said


def test_commands_that_run_elsewhere_are_still_in_the_manual() -> None:
    assert set(ELSEWHERE) <= set(COMMANDS)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line not in RUN and line not in ELSEWHERE])
def test_scripts_and_targets_are_there(command: str) -> None:
    program, *rest = shlex.split(command.removeprefix("OMP_NUM_THREADS=1 ").translate(str.maketrans("", "", "[]")))
    if program == "make":
        made = re.findall(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
        assert rest[0] in made
    elif program == ".ci/run":
        assert (ROOT / program).exists()
    else:
        script = rest[1].replace(".", "/") + ".py" if rest[0] == "-m" else rest[0]
        source = (ROOT / script).read_text(encoding="utf-8")
        assert [option for option in rest if option.startswith("--") and f'"{option}"' not in source] == []


def test_settings_and_declarations_are_understood(pytestconfig: pytest.Config) -> None:
    for block in of_kind("settings"):
        settings = configparser.ConfigParser()
        settings.read_string(block.text)
        assert "gradproof_files" in settings["pytest"]
        for name in settings["pytest"]:
            pytestconfig.getini(name)  # raises for one that there is not
    for block in of_kind("declarations"):
        declared(tomllib.loads(block.text)["given"])  # raises for one that is wrong
