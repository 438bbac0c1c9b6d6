"""The image folders that ship with the course: where they lie, how to read them, how they were drawn."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from data import critters, surfaces
from data.files import write_atomically

IMAGES = Path(__file__).parent / "images"
CHECKSUMS = "SHA256SUMS"
SIZE = 64
"""Side of the shipped images, in pixels."""


@dataclass(frozen=True)
class Part:
    """One part of a set: the seed that it is drawn from, and the number of images of each kind."""

    seed: int
    counts: Mapping[str, int]


def _alike(kinds: Sequence[str], per_kind: int) -> dict[str, int]:
    return dict.fromkeys(kinds, per_kind)


PARTS: dict[str, dict[str, Part]] = {
    "critters": {
        "train": Part(101, _alike(critters.KINDS, 60)),
        "test": Part(202, _alike(critters.KINDS, 30)),
    },
    # The kinds of the surfaces in the shares of ``surfaces.SHARES``: most of them are sound.
    "surfaces": {
        "train": Part(111, {"crack": 5, "dent": 8, "good": 282, "missing": 5, "scratch": 12, "stain": 8}),
        "test": Part(222, {"crack": 4, "dent": 6, "good": 211, "missing": 4, "scratch": 9, "stain": 6}),
    },
}
"""Set -> part -> its seed and the number of images of each kind, in alphabetical order."""

_SAMPLE = {"critters": critters.sample, "surfaces": surfaces.sample}


class DatasetError(Exception):
    """A set of images is unknown, missing or incomplete; the message says which and what to do."""


def folder(name: str, part: str) -> Path:
    """Return the folder of a shipped set, such as ``folder("critters", "train")``.

    It holds one folder of PNG files for each class, as ``keras.utils.image_dataset_from_directory`` reads
    them. Raises DatasetError for an unknown set or a missing folder.
    """
    if part not in PARTS.get(name, {}):
        known = " and ".join(f'"{known}" with {", ".join(parts)}' for known, parts in PARTS.items())
        raise DatasetError(f'There is no "{name}" "{part}"; the course has {known}.')
    path = IMAGES / name / part
    if not path.is_dir():
        raise DatasetError(f"{path} is missing; draw it again with `python -m data draw`.")
    return path


def load(
    name: str, part: str, per_kind: int | None = None, kinds: Sequence[str] | None = None
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the first ``per_kind`` images (all by default) of each class as arrays.

    ``kinds`` chooses classes: ``load("critters", "train", kinds=("cat", "dog"))`` is the two-class subset.
    Images have shape (n, 64, 64, 3), 0 to 255, grouped by class; labels have shape (n,) and count ``kinds``,
    by default all classes in alphabetical order. Raises DatasetError for an unknown class or none, when more
    images are asked for than a class has, or when some are missing.
    """
    path, counts = folder(name, part), PARTS[name][part].counts
    chosen = _chosen(name, counts, kinds)
    _check_number(f'"{name}" "{part}"', {kind: counts[kind] for kind in chosen}, per_kind)
    images, labels = [], []
    for label, kind in enumerate(chosen):
        wanted = counts[kind] if per_kind is None else per_kind
        files = sorted((path / kind).glob("*.png"))[:wanted]
        if len(files) < wanted:
            raise DatasetError(f"{path / kind} has lost images; draw them again with `python -m data draw`.")
        for file in files:
            with Image.open(file) as picture:
                images.append(np.asarray(picture.convert("RGB"), dtype=np.uint8))
            labels.append(label)
    return np.stack(images), np.array(labels, dtype=np.int64)


def checksums(target: Path = IMAGES) -> str:
    """Return the SHA-256 of every image below ``target``, as ``sha256sum`` writes and ``sha256sum --check`` reads."""
    files = sorted(target.rglob("*.png"), key=lambda path: path.relative_to(target).as_posix())
    lines = [f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.relative_to(target).as_posix()}\n" for f in files]
    return "".join(lines)


def draw_part(name: str, part: str, target: Path = IMAGES) -> Iterator[Path]:
    """Draw one part of a set below ``target``, file by file, and yield each path when it is written."""
    drawn_from = PARTS[name][part]
    for kind, number_of in drawn_from.counts.items():
        drawn, _ = _SAMPLE[name](drawn_from.seed, number_of, SIZE, [kind])
        for number, picture in enumerate(drawn):
            path = target / name / part / kind / f"{kind}_{number:03d}.png"
            buffer = io.BytesIO()
            Image.fromarray(picture).save(buffer, format="PNG", optimize=True)
            write_atomically(path, buffer.getvalue())
            yield path


def _chosen(name: str, counts: Mapping[str, int], kinds: Sequence[str] | None) -> tuple[str, ...]:
    chosen = tuple(counts) if kinds is None else tuple(kinds)
    unknown = [kind for kind in chosen if kind not in counts]
    if unknown or not chosen or len(set(chosen)) < len(chosen):
        asked = f"no {unknown[0]!r}" if unknown else "each kind once, and needs one at least"
        raise DatasetError(f'"{name}" has {asked}: choose among {", ".join(counts)}.')
    return chosen


def _check_number(part: str, counts: Mapping[str, int], per_kind: int | None) -> None:
    rarest = min(counts, key=lambda kind: counts[kind])
    if per_kind is not None and not 1 <= per_kind <= counts[rarest]:
        whose = "each kind" if len(set(counts.values())) == 1 else f"kind {rarest!r}"
        raise DatasetError(f"{part} has {counts[rarest]} images of {whose}; {per_kind} were asked for.")
