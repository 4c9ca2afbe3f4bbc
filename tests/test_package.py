"""What is built is whole: the sdist, the wheel made from it, and the command installed from that wheel alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import gradproof

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder, without the settings of this Python, and return what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An sdist of a copy of this checkout, and the wheel that is built from the sdist."""
    folder = tmp_path_factory.mktemp("dist")
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    copy = folder / "checkout"
    for name in filter(None, files):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_symlink():
            (copy / name).symlink_to((ROOT / name).readlink())
        elif (ROOT / name).exists():
            (copy / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, folder / "checkout", folder=folder)
    (sdist,) = folder.glob("*.tar.gz")
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


@pytest.mark.slow
def test_the_wheel_has_the_package_and_nothing_else(built: tuple[Path, Path]) -> None:
    sdist, wheel = built
    names = zipfile.ZipFile(wheel).namelist()
    metadata = f"gradproof-{gradproof.__version__}.dist-info"
    assert {name.split("/")[0] for name in names} == {"gradproof", metadata}
    ours = {path.relative_to(ROOT).as_posix() for path in (ROOT / "gradproof").rglob("*.py")}
    assert {name for name in names if name.endswith(".py")} == ours
    assert any(name.startswith("gradproof/derivations/catalogue/") for name in names)
    assert {"gradproof/py.typed", f"{metadata}/licenses/LICENSE"} <= set(names)
    data = {p.relative_to(ROOT).as_posix() for p in (ROOT / "gradproof").rglob("*") if p.is_file()}
    left = {name for name in data - set(names) if "__pycache__" not in name}
    assert left == set(), "files of the package that the wheel lacks; see package-data in pyproject.toml"
    with tarfile.open(sdist) as archive:
        assert f"gradproof-{gradproof.__version__}/LICENSE" in archive.getnames()


@pytest.mark.slow
def test_the_installed_command_runs_outside_the_checkout(built: tuple[Path, Path], tmp_path: Path) -> None:
    _, wheel = built
    run(sys.executable, "-m", "venv", tmp_path / "venv", folder=tmp_path)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = ("-m", "pip", "install", "--quiet", "--no-compile", "-c", ROOT / "constraints.txt", wheel)
    run(scripts / "python", *install, folder=tmp_path)
    listed = json.loads(run(scripts / "gradproof", "list", "--json", folder=tmp_path))
    assert listed["schema"] == "gradproof/list/1"
    here = json.loads(run(sys.executable, "-m", "gradproof", "list", "--json", folder=tmp_path))
    assert listed == here
    assert listed["derivations"]
    origin = run(scripts / "python", "-c", "import gradproof; print(gradproof.__file__)", folder=tmp_path)
    assert str(tmp_path / "venv") in origin


def test_every_constraint_is_exact_and_every_dependency_has_one() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    assert pins["torch"] == "2.13.0"
    wanted = [
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
    ]
    bare = {each.split(">=")[0].split("[")[0] for each in wanted} - {"gradproof"}
    assert bare - set(pins) == set()


def test_the_extras() -> None:
    extras = {"dask", "flint", "jupyter", "notes", "sphinx", "torch", "test", "dev"}
    assert set(PROJECT["optional-dependencies"]) == extras


def test_no_file_names_one_machine_or_a_registry() -> None:
    """A path of one machine, or the host of a registry, does not belong into a published project."""
    telltales = [f"/{top}/{name}" for top in ("root", "home") for name in (".pyenv", "user")]
    telltales += ["/wor" + "k/", "/op" + "t/", "pypi" + ".org", "download.pytorch" + ".org", "--index-url" + " http"]
    found = []
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_symlink() or not path.exists() or path.suffix in (".woff2", ".png", ".pdf"):
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{name}: {telltale}" for telltale in telltales if telltale in text]
    assert found == []
