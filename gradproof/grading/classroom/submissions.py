"""Who handed in what. A file is a submission, and a folder is one, with all that it holds; what has the name of one
student belongs together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .names import BadNames, NamePattern, written


@dataclass(frozen=True, slots=True)
class Submission:
    """What one student hands in.

    shown    the files and folders for the reader
    paths    the same: each a file, or a folder of which every file counts that no other takes in
    problem  why it is not graded; empty if it is
    among    whether what others hand in stands in the folders of its files, so that it takes in only its own
    """

    student: str
    shown: str
    paths: tuple[Path, ...]
    problem: str = ""
    among: bool = False


def submissions(paths: Iterable[Path], pattern: NamePattern | None = None) -> list[Submission]:
    """The submissions in files and folders, in the order of the first path of each.

    Without a pattern a student has the name of the file without its ending, or of the folder. Where one name stands in
    several folders, the folder is the student. Raises BadNames for a pattern that no name fits.
    """
    found = list(dict.fromkeys(paths))
    students = [pattern.student(written(path.name)) for path in found] if pattern else list(_students(found))
    if pattern and found and not any(students):
        raise BadNames(f"no name fits the pattern {pattern.text}; one of the names is {written(found[0].name)}")
    together: defaultdict[object, list[Path]] = defaultdict(list)
    for path, student in zip(found, students, strict=True):
        together[student or path].append(path)
    below = Counter(folder for path in found for folder in path.absolute().parents)
    made = (_submission(key, own, pattern) for key, own in together.items())
    return [replace(each, among=_among(each.paths, below)) for each in made]


def _among(own: Sequence[Path], below: Counter[Path]) -> bool:
    """Whether more than these is handed in from the folders that they stand in; `below` counts all of it."""
    folders = {path.absolute().parent for path in own if not path.is_dir()}
    return any(below[folder] > sum(folder in path.absolute().parents for path in own) for folder in folders)


def _submission(key: object, paths: Sequence[Path], pattern: NamePattern | None) -> Submission:
    shown = ", ".join((written(str(paths[0])), *(written(path.name) for path in paths[1:])))
    if isinstance(key, str):
        return Submission(key, shown, tuple(paths))
    assert pattern is not None
    said = f"the name {written(paths[0].name)} does not fit {pattern.text}; whose is it?"
    return Submission("", shown, tuple(paths), said)


def _students(paths: Sequence[Path]) -> Iterator[str]:
    """The name of each file without its ending; or its folder's, or the whole path, where that is no single one."""
    stems = [written(path.name if path.is_dir() else path.stem) for path in paths]
    folders: defaultdict[str, set[Path]] = defaultdict(set)
    for path, stem in zip(paths, stems, strict=True):
        folders[stem].add(path.parent)
    number = Counter(written(folder.name) for stem in folders if len(folders[stem]) > 1 for folder in folders[stem])
    for path, stem in zip(paths, stems, strict=True):
        folder = written(path.parent.name)
        if len(folders[stem]) == 1:
            yield stem
        elif folder and number[folder] == 1 and folder not in folders:
            yield folder
        else:
            yield written(str(path if path.is_dir() else path.with_suffix("")))
