"""What is done with each block of the manual: every one is run, or checked by a rule of its kind."""

from __future__ import annotations

import re

from .blocks import PAGES, Block, blocks

#: Commands that take a GPU, a network or minutes, and where they are run instead.
ELSEWHERE = {
    "gradproof verify": "tests/derivations/catalogue and tests/test_cli_verify.py",
    "gradproof verify --torch --device cuda": "needs a GPU: pytest -m cuda",
    "pytest -m cuda": "needs a GPU",
    ".ci/hook": "needs a network; it is a check of its own",
    "gradproof notes --lang both": "make notes, in .ci/run",
    "gradproof grade SUBMISSIONS/ --against softmax_jacobian --executor dask:tcp://SCHEDULER:8786": (
        "needs a cluster: tests/grading/classroom"
    ),
    "python3 -m venv .venv": "needs a network; the Makefile does the same",
    ".venv/bin/pip install torch==2.13.0 --index-url …": "needs a network",
}
#: Blocks that another test reads, by language, or by page and language.
READ_BY = {
    "yaml": "tests/test_examples.py compares it with the sample repository",
    ("commands.md", ""): "tests/test_cli_synopsis.py compares the synopsis with the options",
}


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
        "output": block.language == "text" and before is not None and before.language == "python",
        "cell output": block.language == "text" and before is not None and before.language == "ipython",
        "commands": block.language in ("", "console", "sh") and all(map(is_command, lines_of(block))),
        "settings": block.language == "ini" and not block.file,
        "declarations": block.language == "toml" and not block.file,
        "reference": block.language in ("py", "pycon") and block.page.name == "reference-python.md",
        "read elsewhere": block.language in READ_BY or (block.page.name, block.language) in READ_BY,
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
