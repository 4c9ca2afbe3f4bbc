"""Imports point down, the top-level links are not imported, and files stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "gradproof"

#: Each part of the house, and the parts that it may import. A part may always import itself.
MAY_IMPORT = {
    "derivations.calculus": set(),
    "derivations.slips": {"derivations.calculus"},
    "derivations.notation": {"derivations.calculus"},
    "derivations.notation.reading": {"derivations.notation"},
    "derivations.meaning": {"derivations.calculus", "derivations.notation.reading"},
    "derivations.catalogue": {"derivations.calculus"},
    "derivations": {"derivations.calculus", "derivations.catalogue", "derivations.notation", "derivations.slips"},
    "verify": {"derivations"},
    "documents": {"derivations"},
    "grading": {"derivations", "documents", "verify", "_version"},
    "notes": {"derivations", "verify"},
    "regression": {"derivations", "documents", "grading", "notes", "verify", "_version"},
    "cli": {"derivations", "documents", "grading", "verify", "notes", "regression", "_version"},
    "__main__": {"cli"},
    "_version": set(),
}


#: The one import that points up.
SHOWS_ITSELF = "gradproof.derivations.calculus.derivation imports gradproof.derivations.notation"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(source: str, module: str, is_package: bool) -> Iterator[str]:
    """The full names of what a module imports, wherever the import stands in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """The longest part of the house that a full name belongs to; empty if it is not ours."""
    inside = name.removeprefix("gradproof.")
    fitting = [part for part in MAY_IMPORT if inside == part or inside.startswith(part + ".")]
    return max(fitting, key=len, default="") if name.startswith("gradproof.") else ""


def wrong_imports(source: str, module: str, is_package: bool = False) -> list[str]:
    own = part_of(module)
    allowed = MAY_IMPORT[own] | {own}
    return [
        f"{module} imports {name}"
        for name in imported(source, module, is_package)
        if (part := part_of(name)) and not any(part == each or part.startswith(each + ".") for each in allowed)
    ]


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_point_down(path: Path) -> None:
    module = name_of(path)
    if module == "gradproof":  # the public names of everything, loaded lazily
        return
    assert part_of(module), f"{module} belongs to no part of the house; name it in MAY_IMPORT"
    wrong = wrong_imports(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    assert [each for each in wrong if not each.startswith(SHOWS_ITSELF)] == []


def test_the_exception_is_needed_and_stays_within_functions() -> None:
    """A derivation prints itself, so its methods use the printers above it, but only when they are called."""
    source = (PACKAGE / "derivations" / "calculus" / "derivation.py").read_text(encoding="utf-8")
    wrong = wrong_imports(source, "gradproof.derivations.calculus.derivation")
    assert wrong and all(each.startswith(SHOWS_ITSELF) for each in wrong)
    top_level = [node for node in ast.parse(source).body if isinstance(node, ast.ImportFrom)]
    assert not any(node.module and "notation" in node.module for node in top_level)


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("gradproof.derivations.calculus.sums", "from gradproof.verify import Claim"),
        ("gradproof.derivations.calculus.sums", "from ..catalogue import names"),
        ("gradproof.derivations.calculus.sums", "from ...verify.claim import Claim"),
        ("gradproof.derivations.catalogue.softmax", "import gradproof.derivations.notation.latex"),
        ("gradproof.verify.claim", "from gradproof import notes"),
        ("gradproof.verify.claim", "def late():\n    from ..cli.terminal import paint"),
        ("gradproof.notes.page", "from gradproof.cli import main"),
    ],
)
def test_an_import_upwards_is_found(module: str, line: str) -> None:
    assert len(wrong_imports(line, module)) == 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("gradproof.derivations.calculus.sums", "from .tensors import Entry"),
        ("gradproof.verify.claim", "from gradproof.derivations.calculus import Dim"),
        ("gradproof.cli.noting", "from gradproof.notes import write_notes"),
        ("gradproof.verify.claim", "import sympy"),
    ],
)
def test_an_import_downwards_is_allowed(module: str, line: str) -> None:
    assert wrong_imports(line, module) == []


def test_the_links_at_the_top_are_not_imported() -> None:
    """Installed under these bare names they would shadow other people's modules."""
    sources = [*modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    bare = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources
        for name in imported(path.read_text(encoding="utf-8"), name_of(path), path.name == "__init__.py")
        if name.split(".")[0] in ("derivations", "verify")
    ]
    assert bare == []


def test_ruff_reads_every_file_of_the_package() -> None:
    """The links are left out by their place, not by their name, which the folders of the package share."""
    ruff = [sys.executable, "-m", "ruff", "check", "--show-files", str(ROOT)]
    shown = subprocess.run(ruff, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()
    assert {str(path) for path in modules()} <= set(shown)
    assert not [path for path in shown if Path(path).is_relative_to(ROOT / "derivations")]


@pytest.mark.parametrize("link", ["derivations", "verify"])
def test_the_links_lead_into_the_package(link: str) -> None:
    place = ROOT / link
    if place.is_symlink():
        assert place.resolve() == PACKAGE / link
    else:  # a checkout without symlinks has a file with the target in it
        assert place.read_text(encoding="utf-8").strip() == f"gradproof/{link}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_file_has_one_subject(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 250, f"{path.relative_to(ROOT)} has {lines} lines; which of its subjects moves out?"
