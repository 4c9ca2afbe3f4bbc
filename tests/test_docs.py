"""The manual runs: every block of the README and of docs/ is run, or is checked against what it speaks of.

Python blocks run here, in the order of their page, and a block of text right below one is what it prints. Transcripts,
other commands, links and figures have tests in `tests/manual`.
"""

from __future__ import annotations

from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from .manual.blocks import PAGES, blocks, fences
from .manual.treating import TREATED, name_of, of_kind


def test_every_block_is_run_or_checked() -> None:
    assert [name_of(block) for block, treated in TREATED if not treated] == []
    assert {page.name: len(blocks(page)) for page in PAGES} == {page.name: fences(page) for page in PAGES}


def test_there_are_blocks_of_every_kind() -> None:
    counts = Counter(kind for _, kind in TREATED)
    assert counts["python"] >= 28 and counts["transcript"] >= 50 and counts["commands"] >= 34, counts
    assert counts["file"] >= 14 and counts["output"] >= 3 and counts["ipython"] == 2, counts
    assert counts["settings"] >= 1 and counts["cell output"] == 1 and counts["reference"] >= 80, counts
    assert counts["read elsewhere"] == 3, counts
    assert counts.total() == sum(map(fences, PAGES))


#: What is run in a notebook, and what it shows.
CELLS = ("ipython", "cell output")
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
