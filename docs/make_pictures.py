"""Make the pictures of the manual: a page of the notes, and the page of a graded submission.

    python docs/make_pictures.py

It needs TeX (latexmk), pdftoppm (of poppler) and Chromium.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: The page of the PDF that is shown, its resolution, and the window of the browser.
PAGE, DOTS_PER_INCH, WINDOW = 3, 75, (860, 900)


def gradproof(*arguments: str) -> None:
    """Run the command in the root of the repository, so that names of files are those that a reader sees there."""
    subprocess.run([sys.executable, "-m", "gradproof", *arguments], cwd=ROOT, check=True)


def graded(folder: Path) -> None:
    """Ada's derivation of the Jacobian of softmax, in a window of the browser."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    page = folder / "graded.html"
    grading = ["--against", "softmax_jacobian", "--rubric", "examples/grading/rubric.toml", "--format", "html", "--out"]
    gradproof("grade", "examples/grading/submissions/ada.md", *grading, str(page))
    width, height = WINDOW
    flags = f"--headless --no-sandbox --disable-gpu --hide-scrollbars --window-size={width},{height}".split()
    picture = f"--screenshot={PICTURES / 'graded.png'}"
    subprocess.run([browser, *flags, f"--user-data-dir={folder / 'profile'}", picture, page.as_uri()], check=True)


def notes(folder: Path) -> None:
    """The Jacobian of softmax alone, set by TeX."""
    gradproof("notes", "softmax_jacobian", "--format", "latex,pdf", "--out", str(folder / "notes"))
    pages = f"-f {PAGE} -l {PAGE} -r {DOTS_PER_INCH} -png -singlefile".split()
    subprocess.run(["pdftoppm", *pages, folder / "notes" / "notes.pdf", PICTURES / "notes"], check=True)


if __name__ == "__main__":
    with TemporaryDirectory() as name, contextlib.chdir(ROOT):
        os.environ.setdefault("GRADPROOF_CACHE_DIR", str(Path(name, "verdicts")))
        graded(Path(name))
        notes(Path(name))
