"""The image folders that ship with the course: where they lie, how to read them, how they were drawn."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from data import critters
from data.files import write_atomically

IMAGES = Path(__file__).parent / "images"
CHECKSUMS = "SHA256SUMS"
SIZE = 64
"""Side of the shipped images, in pixels."""

PARTS: dict[str, tuple[int, int]] = {"train": (101, 60), "test": (202, 30)}
"""Part of the critters -> (seed, images of each kind)."""


class DatasetError(Exception):
    """A set of images is unknown, missing or incomplete; the message says which and what to do."""


def folder(name: str, part: str) -> Path:
    """Return the folder of a shipped set, such as ``folder("critters", "train")``.

    It holds one folder of PNG files for each class, as ``keras.utils.image_dataset_from_directory`` reads
    them. Raises DatasetError for an unknown set or a missing folder.
    """
    if name != "critters" or part not in PARTS:
        raise DatasetError(f'There is no "{name}" "{part}"; the course has "critters" with {", ".join(PARTS)}.')
    path = IMAGES / name / part
    if not path.is_dir():
        raise DatasetError(f"{path} is missing; draw it again with `python -m data draw`.")
    return path


def load(name: str, part: str, per_kind: int | None = None) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return the first ``per_kind`` images (all by default) of each class as arrays.

    Images have shape (n, 64, 64, 3), 0 to 255, grouped by class; labels have shape (n,) and count the
    classes in alphabetical order. Raises DatasetError when more images are asked for than the set has, or
    when some are missing.
    """
    path, most = folder(name, part), PARTS[part][1]
    wanted = most if per_kind is None else per_kind
    if not 1 <= wanted <= most:
        raise DatasetError(f'"{name}" "{part}" has {most} images of each kind; {wanted} were asked for.')
    images, labels = [], []
    for label, kind in enumerate(critters.KINDS):
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


def draw_critters(part: str, target: Path = IMAGES) -> Iterator[Path]:
    """Draw one part of the critters below ``target``, file by file, and yield each path when it is written."""
    seed, per_kind = PARTS[part]
    for kind in critters.KINDS:
        drawn, _ = critters.sample(seed, per_kind, SIZE, [kind])
        for number, picture in enumerate(drawn):
            path = target / "critters" / part / kind / f"{kind}_{number:03d}.png"
            buffer = io.BytesIO()
            Image.fromarray(picture).save(buffer, format="PNG", optimize=True)
            write_atomically(path, buffer.getvalue())
            yield path
