"""Submissions found in what teachers have at hand: folders by student, the nbgrader tree, LMS downloads, zips."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.archive import extract
from grader.assign import BACKUP_SUFFIX
from grader.errors import InvalidNotebookError, SourceError
from grader.notebook import read_notebook
from grader.records import Submission
from grader.students import distinct_name, name_key, read_roster, safe_name

_MAX_LEVELS: Final = 4
_COPY: Final = re.compile(r"(?:-(?P<again>\d+)|-Copy\d+| \(\d+\)|_?\(\d+\))$", re.IGNORECASE)
_MOODLE: Final = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_[a-z]+_?", re.IGNORECASE)
_LMS_PREFIX: Final = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<number>\d+)(?:_(?P<upload>\d+))?", re.IGNORECASE)
_LMS_FILE: Final = re.compile(rf"{_LMS_PREFIX.pattern}_(?P<rest>.+)", re.IGNORECASE)

Identity = tuple[str, str]
"""A student's name as it was found, and the LMS's number for the student where there is one."""


@dataclass(frozen=True)
class _Found:
    """One notebook of one student; of several for one exercise the greatest ``rank`` is taken."""

    identity: Identity
    exercise: str
    path: Path
    rank: tuple[float, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Match:
    """What a file's name says: the exercise, what stands before it, and how often it was handed in again."""

    exercise: str
    prefix: str
    again: int
    exact: bool


def collect(
    source: Path, exercises: Sequence[str], roster: Path | None = None, scratch: Path | None = None
) -> tuple[Submission, ...]:
    """Find the submissions in ``source`` for the named exercises, sorted by student and then as ``exercises``.

    ``source`` is a folder, a zip of one, or a single notebook. A zip is unpacked into ``scratch`` (a new
    temporary folder where None), which the caller removes after grading. With a ``roster``, and for a student
    whose folder holds nothing to grade, a submission without a path stands for each exercise that anyone
    handed in. Symbolic links are not followed. One bad entry never raises: it is left to reading to refuse it.
    Raises SourceError for a source that cannot be used, RosterError for such a roster.
    """
    names = sorted(exercises, key=len, reverse=True)
    notes: Mapping[Path, str] = {}
    folder = source
    students: list[tuple[Identity, str]] = []
    if source.is_file() and source.suffix.lower() == ".ipynb":
        found = [_single(source, names)]
    else:
        if source.is_file() and source.suffix.lower() == ".zip":
            if scratch is not None:
                scratch.mkdir(parents=True, exist_ok=True)
            # A folder of its own, so that what an earlier run left behind is not graded with it.
            extracted = extract(source, Path(tempfile.mkdtemp(prefix="submissions-", dir=scratch)))
            folder, notes = _unwrapped(extracted.folder, names), extracted.notes
        elif not source.is_dir():
            raise SourceError(f"{source} does not exist or is no folder, zip file or notebook; check the path.")
        found, students = _walk(folder, names, source.stem if source.is_file() else source.resolve().name)
    if not found and not students and roster is None:
        raise SourceError(f"{source} holds no submissions; it should hold <student>/{exercises[0]}.ipynb or the like.")
    submissions = _chosen(found, students, exercises, notes)
    if roster is not None:
        submissions = _with_roster(submissions, read_roster(roster), exercises)
    order = {exercise: number for number, exercise in enumerate(exercises)}
    return tuple(sorted(submissions, key=lambda each: (name_key(each.student), each.student, order[each.exercise])))


def _single(path: Path, names: Sequence[str]) -> _Found:
    parent = path.absolute().parent.name
    found = _flat(path, names, parent)
    if found is None and len(names) == 1:
        remark = f"{path.name} was taken for {names[0]}, though neither its name nor its metadata say so."
        found = _Found((parent, ""), names[0], path, (0,), (remark,))
    if found is None:
        raise SourceError(f"{path.name} is none of the exercises {', '.join(sorted(names))}; give it one's name.")
    return found


def _walk(folder: Path, names: Sequence[str], fallback: str) -> tuple[list[_Found], list[tuple[Identity, str]]]:
    """All notebooks below ``folder``, and of each student's folder the identity and what else lies in it."""
    found: list[_Found] = []
    students: list[tuple[Identity, str]] = []
    for entry in _entries(folder):
        if entry.is_file() and _is_notebook(entry):
            flat = _flat(entry, names, fallback)
            if flat is not None:
                found.append(flat)
            elif lms := _LMS_FILE.fullmatch(entry.stem):
                students.append(((lms["name"], lms["number"]), entry.name))
        elif entry.is_dir():
            moodle = _MOODLE.fullmatch(entry.name)
            identity = (moodle["name"], moodle["number"]) if moodle else (entry.name, "")
            mine = list(_in_student_folder(entry, identity, names))
            found += mine
            if not mine:
                students.append((identity, ", ".join(child.name for child in _entries(entry))[:200]))
    return found, students


def _in_student_folder(folder: Path, identity: Identity, names: Sequence[str]) -> Iterator[_Found]:
    for path in _notebooks(folder, _MAX_LEVELS):
        match = _matched(path, names)
        if match is not None:
            # A copy beside the named notebook is the student's own backup, whatever its date.
            yield _Found(identity, match.exercise, path, (match.exact, _modified(path)))
        elif path.parent != folder and path.parent.name in names:
            yield _Found(identity, path.parent.name, path, (False, _modified(path)))


def _flat(path: Path, names: Sequence[str], fallback: str) -> _Found | None:
    """A notebook whose own name says whose it is, as an LMS writes it; without that it is ``fallback``'s."""
    match = _matched(path, names)
    if match is None:
        return None
    named = _LMS_PREFIX.fullmatch(match.prefix) if match.prefix else _LMS_FILE.fullmatch(path.stem)
    if match.prefix and named is None:
        return _Found((match.prefix, ""), match.exercise, path, (match.again, 0, _modified(path)))
    # "01_vgg16" alone must not pass for a student of the name "01".
    if named is None or (not match.prefix and match.exact):
        return _Found((fallback, ""), match.exercise, path, (match.exact, match.again, _modified(path)))
    remarks = ("The LMS marks it as late.",) if named["late"] else ()
    rank = (match.again, float(named["upload"] or 0), _modified(path))
    return _Found((named["name"], named["number"]), match.exercise, path, rank, remarks)


def _matched(path: Path, names: Sequence[str]) -> _Match | None:
    """Which of ``names`` (longest first) the notebook is, by its file name, else by what assign wrote into it."""
    stem, again, exact = path.stem, 0, True
    while copy := _COPY.search(stem):
        again = max(again, int(copy["again"][:9]) if copy["again"] else 0)
        stem, exact = stem[: copy.start()], False
    for name in names:
        before = stem[: -len(name)] if stem.casefold().endswith(name.casefold()) else None
        if before is not None and (before == "" or before[-1] in "_- "):
            return _Match(name, before.rstrip("_- "), again, exact)
    try:
        course = read_notebook(path).metadata.get("course")
    except InvalidNotebookError:
        return None
    claimed = course.get("exercise") if isinstance(course, dict) else None
    return _Match(claimed, "", again, False) if isinstance(claimed, str) and claimed in names else None


def _chosen(
    found: list[_Found],
    students: list[tuple[Identity, str]],
    exercises: Sequence[str],
    notes: Mapping[Path, str],
) -> list[Submission]:
    """One submission for each student and exercise, the newest; one without a path for an idle folder."""
    groups: dict[tuple[Identity, str], list[_Found]] = {}
    for each in found:
        groups.setdefault((each.identity, each.exercise), []).append(each)
    identities = {each.identity for each in found}
    idle = {identity: there for identity, there in students if identity not in identities}
    names = _names(identities | idle.keys())
    submissions = []
    for (identity, exercise), group in groups.items():
        best = max(group, key=lambda each: (each.rank, each.path.name))
        others = sorted(each.path.name for each in group if each is not best)
        remarks = list(best.remarks)
        if others:
            remarks.append(f"Handed in {len(group)} times: {best.path.name} was taken, not {', '.join(others)[:500]}.")
        if best.path in notes:
            remarks.append(notes[best.path])
        submissions.append(Submission(names[identity], exercise, best.path, tuple(remarks)))
    due = _due(submissions, exercises)
    for identity, there in idle.items():
        remark = f"No notebook of this exercise was handed in, only: {there}." if there else "The folder is empty."
        submissions += [Submission(names[identity], each, None, (remark,)) for each in due]
    return submissions


def _names(identities: set[Identity]) -> dict[Identity, str]:
    """A folder name of its own for each student; who needs no change comes first and keeps the plain name."""
    names: dict[Identity, str] = {}
    taken: set[str] = set()
    for identity in sorted(identities, key=lambda each: (safe_name(each[0]) != each[0], each)):
        names[identity] = distinct_name(*identity, taken)
        taken.add(name_key(names[identity]))
    return names


def _due(submissions: list[Submission], exercises: Sequence[str]) -> list[str]:
    """The exercises that anyone handed in: a folder for the first exercise must not report seven others missing."""
    handed_in = {each.exercise for each in submissions if each.path is not None}
    return [exercise for exercise in exercises if exercise in handed_in] or list(exercises)


def _with_roster(submissions: list[Submission], roster: tuple[str, ...], exercises: Sequence[str]) -> list[Submission]:
    listed = {name_key(name) for name in roster}
    remark = "This student is not on the roster."
    result = [
        each
        if name_key(each.student) in listed
        else Submission(each.student, each.exercise, each.path, (*each.remarks, remark))
        for each in submissions
    ]
    present = {(name_key(each.student), each.exercise) for each in submissions}
    due = _due(submissions, exercises)
    result += [Submission(name, each, None) for name in roster for each in due if (name_key(name), each) not in present]
    return result


def _unwrapped(folder: Path, names: Sequence[str]) -> Path:
    """The folder inside, where a zip holds one folder that holds all: students, not a student's own files."""
    entries = _entries(folder)
    if len(entries) != 1 or not entries[0].is_dir() or _MOODLE.fullmatch(entries[0].name):
        return folder
    inside = _entries(entries[0])
    own = any(path.stem in names or (path.is_dir() and path.name in names) for path in inside)
    return folder if own or not inside else entries[0]


def _notebooks(folder: Path, levels: int) -> Iterator[Path]:
    for entry in _entries(folder):
        if entry.is_file() and _is_notebook(entry):
            yield entry
        elif entry.is_dir() and levels > 1:
            yield from _notebooks(entry, levels - 1)


def _entries(folder: Path) -> list[Path]:
    """What lies in ``folder``, sorted, without links and hidden entries; nothing where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(e) for e in entries if not e.is_symlink() and e.name[0] != "." and e.name != "__MACOSX")
    except OSError:
        return []


def _is_notebook(path: Path) -> bool:
    return path.suffix.lower() == ".ipynb" and not path.name.endswith(BACKUP_SUFFIX)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
