"""The images of the proof: fresh ones from seeds of their own, drawn once and kept; or photographs in a folder."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data import critters, surfaces
from data.datasets import DatasetError
from data.files import write_atomically
from data.photographs import Photographs, photographs

SIZE = 64
PHOTOGRAPHS_VARIABLE = "COURSE_REAL_FILES"
"""Names the folder with the photographs: ``flowers/<class>/*.jpg`` in it."""

_TEST_SEED = 40_000
"""Seed of the test images; seed s of the table draws its training images from this number plus s."""

_TEST_IMAGES = {"critters": 30, "surfaces": 50}

Images = NDArray[np.uint8]
Labels = NDArray[np.int64]


class PicturesError(Exception):
    """A set of images is not to be had; the message says why and what to do."""


@dataclass(frozen=True)
class Task:
    """Training and test images of shape (n, 64, 64, 3), 0 to 255, and their labels.

    The training images come in rounds of one of each class, so that the first k rounds are k of each class.
    """

    train: Images
    train_labels: Labels
    test: Images
    test_labels: Labels

    @property
    def classes(self) -> int:
        """The number of classes."""
        return int(self.test_labels.max()) + 1


def missing(name: str) -> str:
    """Return why a set cannot be had here, or nothing."""
    if name != "flowers":
        return ""
    try:
        _flowers()
    except PicturesError as error:
        return str(error)
    return ""


def task(name: str, seed: int, per_class: int, test_images: int, folder: Path) -> Task:
    """Return the images of one seed: ``per_class`` to train on and ``test_images`` to test on, of each class.

    For ``test_images`` 0 stands for the usual number. Drawn images are kept in ``folder``. Of the photographs, all
    that are not trained on are tested on. Raises PicturesError where photographs are missing or too few.
    """
    if name == "flowers":
        return _chosen(seed, per_class, test_images)
    train, train_labels = _drawn(name, _TEST_SEED + seed, per_class, folder)
    test, test_labels = _drawn(name, _TEST_SEED, test_images or _TEST_IMAGES[name], folder)
    return Task(train, train_labels, test, test_labels)


def _drawn(name: str, seed: int, per_class: int, folder: Path) -> tuple[Images, Labels]:
    """Return drawn images in rounds of one of each class."""
    kinds = {"critters": critters.KINDS, "surfaces": surfaces.KINDS}[name]
    labels = np.tile(np.arange(len(kinds), dtype=np.int64), per_class)
    kept = folder / f"{name}-{seed}-{per_class}.npz"
    if kept.exists():
        with np.load(kept, allow_pickle=False) as stored:
            images: Images = stored["images"]
        # The first round tells whether they are still drawn as they were.
        first = np.concatenate([_kind(name, seed, 1, kind) for kind in kinds])
        if len(images) == len(labels) and np.array_equal(images[: len(kinds)], first):
            return images, labels
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        parts = list(pool.map(_kind, *zip(*((name, seed, per_class, kind) for kind in kinds), strict=True)))
    images = np.stack(parts, axis=1).reshape(-1, SIZE, SIZE, 3)
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, images=images)
    write_atomically(kept, buffer.getvalue())
    return images, labels


def _kind(name: str, seed: int, per_class: int, kind: str) -> Images:
    sample: Callable[..., tuple[Images, Labels]] = {"critters": critters.sample, "surfaces": surfaces.sample}[name]
    return sample(seed, per_class, SIZE, [kind])[0]


def _flowers() -> Path:
    chosen = os.environ.get(PHOTOGRAPHS_VARIABLE)
    folder = Path(chosen or ".") / "flowers"
    if not chosen or not folder.is_dir():
        raise PicturesError(f"{PHOTOGRAPHS_VARIABLE} names no folder that holds flowers/<class>/*.jpg")
    return folder


@lru_cache(maxsize=1)
def _read(folder: Path) -> Photographs:
    """Return the photographs, without the copies among them."""
    return photographs(folder, SIZE)


def _chosen(seed: int, per_class: int, test_images: int) -> Task:
    """Return photographs that a seed divides into training and test images."""
    try:
        found = _read(_flowers())
    except DatasetError as error:
        raise PicturesError(str(error)) from None
    rng = np.random.default_rng(_TEST_SEED + seed)
    train, test = [], []
    for label, name in enumerate(found.classes):
        places = rng.permutation(np.flatnonzero(found.labels == label))
        if len(places) <= per_class:
            raise PicturesError(f"{found.folder / name} has {len(places)} images; more than {per_class} are needed.")
        train.append(places[:per_class])
        test.append(places[per_class:][: test_images or None])
    rounds, rest = np.stack(train, axis=1).reshape(-1), np.concatenate(test)
    return Task(found.images[rounds], found.labels[rounds], found.images[rest], found.labels[rest])
