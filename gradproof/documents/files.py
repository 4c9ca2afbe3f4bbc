"""Reading files: what is too large, no text, or of a kind that holds no text, is refused in one sentence."""

from __future__ import annotations

from pathlib import Path

LARGEST = 4_000_000
_NO_TEXT = {
    ".pdf": "a PDF", ".png": "a picture", ".jpg": "a picture", ".jpeg": "a picture", ".heic": "a picture",
    ".webp": "a picture", ".docx": "a Word file", ".doc": "a Word file", ".odt": "an OpenDocument file",
}  # fmt: skip


class FileProblem(Exception):  # noqa: N818 - the reader's, not ours
    """A file that cannot be read; the text says why and what to do."""


def read_text(path: Path) -> str:
    """The text of a file. Raises FileProblem for what holds no text, is too large, or leads out of its folder."""
    kind = _NO_TEXT.get(path.suffix.lower())
    if kind:
        raise FileProblem(f"{path.name} is {kind}, of which nothing can be read; hand in .tex, .md, .ipynb or .py")
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            raise FileProblem(f"{path.name} is a link that leads out of its folder; name the file itself")
        if not path.is_file():
            raise FileProblem(f"{path.name} is no file" if path.exists() else f"there is no file {path.name}")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise FileProblem(f"{path.name} is too large; at most {LARGEST} bytes are read")
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        raise FileProblem(f"{path.name} is no text in UTF-8 (byte {problem.start}); save it as UTF-8") from problem
    except (OSError, RuntimeError, ValueError) as problem:
        said = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
        raise FileProblem(f"{path.name} cannot be read: {said}") from problem
