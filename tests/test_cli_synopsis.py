"""The synopsis in docs/commands.md against `--help`: the same commands, options, and values to choose from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gradproof.cli.app import app

PAGE = Path(__file__).parents[1] / "docs" / "commands.md"
COMMANDS = ("list", "show", "verify", "notes", "check", "lock", "read", "grade")
#: An option of the help: perhaps a short name, its name, its opposite, the values to choose from.
HELPED = re.compile(r"^  (?:-\w, )?(--[\w-]+)(?: / (--[\w-]+))?(?: <([\w|]+\|[\w|]+)>)?", re.MULTILINE)
WRITTEN = re.compile(r"(--[\w-]+)(?: ([a-z]\w*(?:\|[a-z]\w*)+))?")


def helped(command: str) -> dict[str, set[str]]:
    """The options of a command with the values to choose from; of a switch that is on, what turns it off."""
    shown = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "100"})
    assert shown.exit_code == 0
    options = HELPED.findall(shown.output.partition("Options:")[2])
    return {off or name: set(values.split("|")) - {""} for name, off, values in options if name != "--help"}


def written(synopsis: str) -> dict[str, dict[str, set[str]]]:
    """The same by command, as a synopsis has them. What is said of a command goes on in lines that are indented."""
    commands: dict[str, dict[str, set[str]]] = {}
    for line in re.sub(r"\n {2,}", " ", synopsis).splitlines():
        named = re.match(r"gradproof (\w+) ", line)
        options = commands.setdefault(named[1], {}) if named else {}
        for name, values in WRITTEN.findall(line):
            options.setdefault(name, set()).update(set(values.split("|")) - {""})
    return commands


def synopsis() -> str:
    found = re.search(r"```\n(gradproof .*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_synopsis_has_every_command() -> None:
    help_page = CliRunner().invoke(app, ["--help"]).output.partition("Commands:")[2]
    assert set(written(synopsis())) == set(COMMANDS) == set(re.findall(r"(?m)^  (\w+)", help_page))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_synopsis_has_the_options_of_the_help(command: str) -> None:
    assert written(synopsis())[command] == helped(command)


def test_what_a_synopsis_lacks_is_seen() -> None:
    both = "gradproof notes [NAME…] [--lang en|zh]\n                 [--out DIR]\ngradproof notes NAME --check\n"
    assert written(both) == {"notes": {"--lang": {"en", "zh"}, "--out": set(), "--check": set()}}
    assert {"--texts", "--no-cache", "--jobs"} <= set(helped("notes"))
    assert helped("notes")["--lang"] == {"en", "zh", "both"}
