"""LaTeX reads what is written: every derivation of the catalogue, set with pdflatex."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gradproof.derivations import catalogue
from gradproof.derivations.notation import NoMatrixFormError, derivation_form, derivation_latex, matrix_tree, tree_latex
from gradproof.derivations.notation.latex import CHANGED_MACRO
from gradproof.derivations.notation.reference import Untranslatable, derivation_reference_latex


def document() -> str:
    parts = []
    for derivation in catalogue.derivations():
        parts.append(derivation_latex(derivation, "en"))
        try:
            parts.append(f"\\[ {tree_latex(matrix_tree(derivation_form(derivation, 'denominator')))} \\]")
        except NoMatrixFormError as reason:
            parts.append(f"% {derivation.name}: {reason}")
        if derivation.reference is not None:
            try:
                parts.append(f"\\[ {derivation_reference_latex(derivation)} \\]")
            except Untranslatable as reason:
                parts.append(f"% {derivation.name}: {reason}")
    head = "\\documentclass{article}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amsmath,amssymb}\n"
    return f"{head}{CHANGED_MACRO}\n\\begin{{document}}\n" + "\n\n".join(parts) + "\n\\end{document}\n"


def compiled(source: str, folder: Path) -> tuple[int, str]:
    (folder / "all.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=120, check=False
    )
    return run.returncode, run.stdout


@pytest.mark.tex
def test_the_whole_catalogue_is_set(tmp_path: Path) -> None:
    code, log = compiled(document(), tmp_path)
    assert code == 0, log[-2000:]
    assert "Missing character" not in log
    assert (tmp_path / "all.pdf").stat().st_size > 10_000


@pytest.mark.tex
def test_the_check_notices_a_broken_formula(tmp_path: Path) -> None:
    code, _ = compiled(document().replace(r"\frac{", r"\fra{", 1), tmp_path)
    assert code != 0
