"""Read a folder of the user's own photographs, one folder for each class, and say what is wrong with them."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from tqdm.auto import tqdm

from data.datasets import DatasetError
from data.duplicates import Fingerprint, fingerprint, groups, near
from data.pictures import SUFFIXES, read_picture
from data.problems import Problem, Problems

_SYSTEM_FILES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "__macosx"}
_PARTS = {"train", "training", "test", "testing", "val", "valid", "validation"}


@dataclass(frozen=True, eq=False, repr=False)
class Photographs:
    """Usable photographs, ordered by class and file name, and what was found about the others."""

    folder: Path
    images: NDArray[np.uint8]
    """Shape (n, size, size, 3), RGB, 0 to 255."""
    labels: NDArray[np.int64]
    """Shape (n,): the place of each photograph's class in ``classes``."""
    classes: tuple[str, ...]
    """Names of the class folders that hold usable photographs, in alphabetical order."""
    paths: tuple[Path, ...]
    problems: Problems
    fingerprints: tuple[Fingerprint, ...]

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        counts = np.bincount(self.labels, minlength=len(self.classes))
        each = ", ".join(f"{name} {count}" for name, count in zip(self.classes, counts, strict=True))
        side = self.images.shape[1]
        return (
            f"{len(self)} photographs of {len(self.classes)} classes ({each}), {side} by {side} pixels; "
            f"{len(self.problems)} remarks in .problems"
        )

    def take(self, indices: Sequence[int] | NDArray[np.int64]) -> Photographs:
        """Return the photographs at ``indices``, in that order, with all classes and without problems."""
        return Photographs(
            self.folder,
            self.images[list(indices)],
            self.labels[list(indices)],
            self.classes,
            tuple(self.paths[index] for index in indices),
            Problems(),
            tuple(self.fingerprints[index] for index in indices),
        )


@dataclass(frozen=True)
class Parts:
    """Photographs in three parts that share no picture and no near duplicate."""

    train: Photographs
    validation: Photographs
    test: Photographs


@dataclass(frozen=True)
class _Entry:
    """A readable photograph, before duplicates are looked for."""

    file: str
    name: str
    image: NDArray[np.uint8]
    print: Fingerprint


def photographs(folder: str | Path, size: int = 96, per_class: int | None = None) -> Photographs:
    """Read every image below ``folder``, which has one folder for each class, and report on each odd file.

    An image is turned upright, cut to the square in its middle and resized to ``size`` by ``size`` pixels
    (``PIL.ImageOps.fit``, Lanczos). With ``per_class`` only so many readable files of each class are taken, the
    first ones by name. Files in folders within a class folder belong to that class.

    No file is fatal. What cannot be read, is extreme in size, or lies outside the class folders is left out. Of
    the same picture in one class the first copy is kept; in two classes none, since one label must be wrong. Near
    duplicates (``data.duplicates.near``) are kept and named. Hidden and system files are skipped without a word.

    Raises DatasetError if ``folder`` is missing or has no folders.
    """
    root = Path(folder)
    if not root.is_dir():
        raise DatasetError(f"{root} is no folder; it should hold one folder of images for each class.")
    names = sorted(entry.name for entry in root.iterdir() if entry.is_dir() and not _skipped(entry.name))
    if not names:
        raise DatasetError(f"{root} has no folders; make one for each class and move its images there.")
    problems = [*_outside(root)]
    entries: list[_Entry] = []
    for name in names:
        found, remarks = _class(root, name, size, per_class)
        entries += found
        problems += remarks
    kept, remarks = _without_duplicates(entries)
    problems += remarks
    classes = tuple(name for name in names if any(entry.name == name for entry in kept))
    for name in names:
        if name not in classes:
            problems.append(Problem(name, "holds no usable image", "is no class; add images or delete it", used=False))
    images = np.stack([entry.image for entry in kept]) if kept else np.zeros((0, size, size, 3), np.uint8)
    labels = np.array([classes.index(entry.name) for entry in kept], dtype=np.int64)
    paths = tuple(root / entry.file for entry in kept)
    return Photographs(root, images, labels, classes, paths, Problems(problems), tuple(each.print for each in kept))


def compare(train: Photographs, test: Photographs) -> Problems:
    """Return each photograph of ``test`` that is also in ``train``, the same or nearly, and classes of one alone.

    A model has seen such a picture, so that its accuracy on it says nothing about new ones.
    """
    problems = [
        Problem(name, f"is a class of {mine.folder} alone", "add it to the other part or delete it", used=False)
        for mine, other in ((train, test), (test, train))
        for name in sorted(set(mine.classes) - set(other.classes))
    ]
    matches: dict[int, int] = {}
    for i, j in near(test.fingerprints, train.fingerprints):
        exact = test.fingerprints[i].digest == train.fingerprints[j].digest
        if i not in matches or (exact and test.fingerprints[i].digest != train.fingerprints[matches[i]].digest):
            matches[i] = j
    for i, j in sorted(matches.items()):
        how = "the same as" if test.fingerprints[i].digest == train.fingerprints[j].digest else "nearly the same as"
        found = f"is {how} {train.paths[j]} of the training part"
        if test.classes[test.labels[i]] != train.classes[train.labels[j]]:
            found += ", in another class"
        problems.append(Problem(_below(test.paths[i], test.folder), found, "remove it from one of the two"))
    return Problems(problems)


def split(found: Photographs, validation: float = 0.2, test: float = 0.2, seed: int = 0) -> Parts:
    """Divide photographs at random into three parts, each class in the same proportion.

    ``validation`` and ``test`` are the shares of the whole. Near duplicates and their near duplicates go to one part
    together, also across classes, so that shares are met up to the size of such a group. The same photographs and
    ``seed`` give the same parts. Raises ValueError for shares that leave nothing for training.
    """
    if validation < 0 or test < 0 or validation + test >= 1:
        raise ValueError(f"Shares of {validation} and {test} leave nothing for training; their sum must be below 1.")
    members: dict[int, list[int]] = defaultdict(list)
    for index, group in enumerate(groups(found.fingerprints)):
        members[group].append(index)
    generator = np.random.default_rng(seed)
    chosen: dict[str, list[int]] = {"test": [], "validation": [], "train": []}
    for label in range(len(found.classes)):
        together = [indices for first, indices in members.items() if found.labels[first] == label]
        total = sum(len(indices) for indices in together)
        wanted = {"test": round(test * total), "validation": round(validation * total), "train": total}
        taken = dict.fromkeys(wanted, 0)
        for place in generator.permutation(len(together)):
            indices = together[place]
            part = next(name for name in wanted if taken[name] + len(indices) <= wanted[name])
            taken[part] += len(indices)
            chosen[part] += indices
    train, held_out, tested = (found.take(sorted(chosen[name])) for name in ("train", "validation", "test"))
    return Parts(train, held_out, tested)


def _class(root: Path, name: str, size: int, most: int | None) -> tuple[list[_Entry], list[Problem]]:
    """Read the files of one class folder and of the folders within it."""
    entries: list[_Entry] = []
    problems: list[Problem] = []
    files = list(_files(root / name))
    nested = sorted({path.parent for path in files} - {root / name})
    if nested and name.lower() in _PARTS:
        advice = f"its folders count as one class; photographs({str(root / name)!r}) reads each as a class"
        problems.append(Problem(name, "has the name of a part and holds folders", advice))
    else:
        for folder in nested:
            problems.append(Problem(_below(folder, root), "is a folder within a class", f'counts as class "{name}"'))
    for path in tqdm(files, desc=name, unit=" files", leave=False, delay=2):
        if most is not None and len(entries) >= most:
            break
        picture = read_picture(path)
        file, image = _below(path, root), picture.image
        problems += [Problem(file, each.found, each.done, used=image is not None) for each in picture.findings]
        if image is None:
            continue
        if min(image.size) < size:
            found = f"has {image.width} by {image.height} pixels, fewer than {size}"
            problems.append(Problem(file, found, "enlarged; it will look blurred"))
        fitted = ImageOps.fit(image, (size, size), Image.Resampling.LANCZOS)
        entries.append(_Entry(file, name, np.asarray(fitted, dtype=np.uint8), fingerprint(image)))
    return entries, problems


def _without_duplicates(entries: Sequence[_Entry]) -> tuple[list[_Entry], list[Problem]]:
    copies: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        copies[entry.print.digest].append(entry)
    kept: list[_Entry] = []
    problems: list[Problem] = []
    for entry in entries:
        alike = copies[entry.print.digest]
        elsewhere = next((other for other in alike if other.name != entry.name), None)
        if elsewhere:
            found = f"is the same picture as {elsewhere.file}, in another class"
            problems.append(Problem(entry.file, found, "left out; keep it in one class", used=False))
        elif entry is alike[0]:
            kept.append(entry)
        else:
            found = f"is the same picture as {alike[0].file}"
            problems.append(Problem(entry.file, found, "left out; the first is used", used=False))
    for entry, first in zip(kept, groups([entry.print for entry in kept]), strict=True):
        original = kept[first]
        if original is not entry:
            across = original.name != entry.name
            found = f"is nearly the same picture as {original.file}{', in another class' if across else ''}"
            advice = "used; look at both" if across else "used; keep both in one part"
            problems.append(Problem(entry.file, found, advice))
    return kept, problems


def _outside(root: Path) -> Iterator[Problem]:
    """Name the images that lie beside the class folders; texts and the like may lie there."""
    known = {suffix for suffixes in SUFFIXES.values() for suffix in suffixes}
    for path in sorted(root.iterdir()):
        if path.is_file() and path.suffix.lower().split("?")[0] in known and not _skipped(path.name):
            yield Problem(path.name, "lies in no class folder", "left out; move it into one", used=False)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder by name, then those of the folders within it; links to folders are not followed."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _skipped(name))
        for name in sorted(files):
            # Opening a named pipe would wait for ever.
            if not _skipped(name) and (Path(place) / name).is_file():
                yield Path(place) / name


def _skipped(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SYSTEM_FILES


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
