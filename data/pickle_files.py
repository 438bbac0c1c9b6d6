"""Three pickle files as they come along with older tutorials, for an exercise in reading them."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np

from data.datasets import load
from data.files import write_atomically

WARNING = "This file has just run code of its author's choice: here only this line."


class _Program:
    """What a pickle of it does when it is loaded: it calls a function, as any pickle may."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return print, (WARNING,)


def write_pickle_files(folder: Path, per_kind: int, seed: int) -> None:
    """Write X.pickle (training images of the ten animals), y.pickle (their labels) and names.pickle into a folder.

    Images and labels come in one shuffled order. The third file holds no array but a call of ``print``.
    """
    images, labels = load("critters", "train", per_kind)
    order = np.random.default_rng(seed).permutation(len(labels))
    contents = {"X": images[order], "y": labels[order], "names": _Program()}
    for name, content in contents.items():
        write_atomically(folder / f"{name}.pickle", pickle.dumps(content))
