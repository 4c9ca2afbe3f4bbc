"""The manual runs: every block of the README and of docs/ is run, or is checked against what it speaks of.

Python blocks run in the order of their page, and a block of text right below one is what it prints. Transcripts are run
and compared, output and exit code; other commands are run in a folder that has what their names in capitals stand for.
"""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from typer.main import get_command

from gradproof.cli.app import app
from gradproof.derivations import chapters, names

from .manual.blocks import PAGES, ROOT, Block, blocks, fences
from .manual.clone import Shell, with_capitals
from .manual.transcripts import Exchange, exchanges, session

#: Commands that take a GPU, a network or minutes, and where they are run instead.
ELSEWHERE = {
    "gradproof verify": "tests/derivations/catalogue and tests/test_cli_verify.py",
    "gradproof verify --torch --device cuda": "needs a GPU: pytest -m cuda",
    "pytest -m cuda": "needs a GPU",
    "gradproof notes --lang both": "make notes, in .ci/run",
    "gradproof grade SUBMISSIONS/ --against softmax_jacobian --executor dask:tcp://SCHEDULER:8786": (
        "needs a cluster: tests/grading/classroom"
    ),
    "python3 -m venv .venv": "needs a network; the Makefile does the same",
    ".venv/bin/pip install torch==2.13.0 --index-url …": "needs a network",
}
#: Languages of blocks that another test reads.
READ_BY = {"yaml": "tests/test_examples.py compares it with the sample repository"}


def lines_of(block: Block) -> list[str]:
    """The commands of a block, without their comments."""
    return [line for each in block.text.splitlines() if (line := re.split(r"\s#\s", each)[0].strip())]


def is_command(line: str) -> bool:
    programs = r"(gradproof|pytest|echo|make|python|OMP_NUM_THREADS=1|\.ci/run)\b"
    return line in ELSEWHERE or re.match(programs, line) is not None


def treatment(block: Block, before: Block | None) -> str:
    """What is done with a block; nothing if no rule speaks of it."""
    with_transcripts = any(each.is_transcript for each in blocks(block.page))
    rules = {
        "transcript": block.is_transcript,
        "file": bool(block.file) and with_transcripts,
        "python": block.language == "python" and not block.file,
        "ipython": block.language == "ipython",
        "output": block.language == "text" and before is not None and before.language in ("python", "ipython"),
        "synopsis": block.page.name == "commands.md" and block.language == "",
        "commands": block.language in ("", "console", "sh") and all(map(is_command, lines_of(block))),
        "settings": block.language == "ini" and not block.file,
        "reference": block.language in ("py", "pycon") and block.page.name == "reference-python.md",
        "read elsewhere": block.language in READ_BY,
    }
    return next((name for name, holds in rules.items() if holds), "")


TREATED = [
    (block, treatment(block, before))
    for page in PAGES
    for before, block in zip([None, *blocks(page)], blocks(page), strict=False)
]


def of_kind(kind: str) -> list[Block]:
    return [block for block, treated in TREATED if treated == kind]


def name_of(block: Block) -> str:
    return f"{block.page.name}:{block.line}"


def test_every_block_is_run_or_checked() -> None:
    assert [name_of(block) for block, treated in TREATED if not treated] == []
    assert {page.name: len(blocks(page)) for page in PAGES} == {page.name: fences(page) for page in PAGES}


def test_there_are_blocks_of_every_kind() -> None:
    counts = Counter(kind for _, kind in TREATED)
    assert counts["python"] >= 28 and counts["transcript"] >= 50 and counts["commands"] >= 34, counts
    assert counts["file"] >= 14 and counts["output"] >= 4 and counts["ipython"] == 2, counts
    assert counts["settings"] == counts["synopsis"] == 1 and counts["reference"] >= 80, counts
    assert counts.total() == sum(map(fences, PAGES))


#: What is run in a notebook, and what it shows.
CELLS = ("ipython", "output")
WITH_PYTHON = list(dict.fromkeys(block.page for block in of_kind("python")))


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: page.name)
def test_python_blocks_run_in_order(page: Path, tmp_path: Path) -> None:
    script, scope = tmp_path / f"{page.stem.replace('-', '_')}.py", {"__name__": page.stem}
    said, printed = "", StringIO()
    source: list[str] = []
    for block in (each for each, kind in TREATED if each.page == page and kind in ("python", "output")):
        if block.language == "text":
            assert said.endswith(block.text), f"{name_of(block)}: printed is\n{said}"
            continue
        # The script has the lines of the page, so that a traceback names them.
        source += [""] * (block.line - 1 - len(source)) + block.text.splitlines()
        script.write_text("\n".join(source), encoding="utf-8")
        with redirect_stdout(printed := StringIO()):
            exec(compile("\n" * (block.line - 1) + block.text, str(script), "exec"), scope)  # the manual, our own text
        said = printed.getvalue()


def test_cells_of_notebooks_run_in_order() -> None:
    shell, said = InteractiveShell.instance(), ""
    try:
        for block in (each for each, kind in TREATED if each.page.name == "editors.md" and kind in CELLS):
            if block.language == "text":
                assert said == block.text
                continue
            with redirect_stdout(printed := StringIO()):
                shell.run_cell(block.text).raise_error()
            said = printed.getvalue()
    finally:
        InteractiveShell.clear_instance()
    assert said


# Transcripts


@pytest.mark.slow
@pytest.mark.parametrize("page", dict.fromkeys(b.page for b in of_kind("transcript")), ids=lambda page: page.name)
def test_transcripts_show_what_commands_print(page: Path, tmp_path: Path) -> None:
    """To mend a page: python -m tests.manual.transcripts docs/PAGE.md"""
    wrong = [
        f"{page.name}:{exchange.line}: exit code {code}\n{exchange.command}\n{output}"
        for exchange, code, output in session(page, tmp_path)
        if code != exchange.code or not exchange.fits(output) or not exchange.says_something
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("shown", "output", "fits"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("", "a\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("in …s\n", "in 0.5s\n", True),
        ("in …s\n", "in 0.5\n", False),
        ("a.c\n", "abc\n", False),
    ],
)
def test_what_fits_a_transcript(shown: str, output: str, fits: bool) -> None:
    assert Exchange("command", shown, 1).fits(output) is fits


def test_a_transcript_is_read_with_its_exit_codes() -> None:
    block = Block(Path("page.md"), "console", "", "$ one  # exit code 3\nsaid\n\nmore\n$ two\n", 7)
    assert exchanges(block) == [Exchange("one  # exit code 3", "said\n\nmore\n", 7), Exchange("two", "", 11)]
    assert [each.code for each in exchanges(block)] == [3, 0]
    assert not Exchange("one", "…\n", 1).says_something and Exchange("one", "", 1).says_something


TALKS = [block for block in of_kind("file") if block.text.startswith(r"\documentclass{beamer}")]


@pytest.mark.tex
@pytest.mark.parametrize("block", TALKS, ids=name_of)
def test_talks_are_set(block: Block, tmp_path: Path) -> None:
    """The slides that the page shows, with the fragments that its commands write."""
    for _ in session(block.page, tmp_path):
        pass
    talk = tmp_path / "clone" / block.file
    done = subprocess.run(
        ["latexmk", "-pdf", "-interaction=nonstopmode", "-halt-on-error", talk.name],
        cwd=talk.parent, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0 and talk.with_suffix(".pdf").exists(), done.stdout[-3000:]


# Commands


COMMANDS = sorted({line for block in of_kind("commands") for line in lines_of(block)})
RUN = [line for line in COMMANDS if line.startswith(("gradproof ", "pytest ", "echo ")) and line not in ELSEWHERE]


@pytest.mark.parametrize("command", RUN)
def test_commands_run(command: str, tmp_path: Path) -> None:
    code, said = with_capitals(Shell(tmp_path)).run(command, typed="$$x + x = 2 x$$\n")
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


def test_the_settings_of_pytest_are_those_of_the_plugin(pytestconfig: pytest.Config) -> None:
    (block,) = of_kind("settings")
    settings = configparser.ConfigParser()
    settings.read_string(block.text)
    for name in settings["pytest"]:
        pytestconfig.getini(name)  # raises for one that there is not
    assert list(settings["pytest"]) == ["gradproof_files"]


def test_the_synopsis_names_all_options() -> None:
    """Each command with exactly the options that it has, but for a short form of one, and `--help`."""
    (block,) = of_kind("synopsis")
    named: dict[str, set[str]] = {}
    for line in re.sub(r"\n +", " ", block.text).splitlines():
        if match := re.match(r"gradproof (\w+)", line):
            named.setdefault(match[1], set()).update(re.findall(r"--[\w-]+", line))
    known = {
        name: {
            option
            for each in command.params
            for option in (each.secondary_opts or each.opts)  # of a pair, the one that is not what happens anyway
            if option.startswith("--") and option != "--help"
        }
        for name, command in get_command(app).commands.items()
    }
    assert named == known


# Links

LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_manual_links_all_its_pages() -> None:
    linked = set(LINK.findall((ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"} <= linked


# Figures


def test_the_readme_counts_the_catalogue() -> None:
    counted = re.findall(r"(\d+) derivations in (\d+) chapters", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert counted == [(str(len(names())), str(len(chapters())))]


def test_each_use_fits_on_a_screen() -> None:
    """45 lines of the README, in which a picture is one."""
    text = (ROOT / "README.md").read_text(encoding="utf-8").split("## Three uses\n")[1].split("\n## ")[0]
    uses = text.split("\n### ")[1:]
    assert len(uses) == 3 and all("](docs/tutorial-" in use for use in uses)
    assert max(len(use.splitlines()) for use in uses) <= 45


def test_the_figures_of_the_comparison_are_those_that_were_measured() -> None:
    """Each row of figures in peers.md stands in a page of measurements, or was measured for this page alone."""
    docs = ROOT / "docs"
    own = "against_hypothesis"
    measured = {
        line for page in ("benchmarks.md", "grading.md") for line in (docs / page).read_text("utf-8").splitlines()
    }
    command = re.compile(r"^```\n(?:\w+=\d )?python benchmarks/(\w+)\.py.*\n```$", re.MULTILINE)
    sections = command.split((docs / "peers.md").read_text("utf-8"))
    rows = [
        line
        for script, text in zip(sections[1::2], sections[2::2], strict=True)
        if script != own
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    assert len(rows) >= 20 and own in sections
    assert [row for row in rows if row not in measured] == []
