"""The official ImageNet weights: which of Keras's files a backbone takes, brought and kept by Keras itself."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.backbones import architecture

SUBFOLDER = "models"
"""The folder in Keras's cache that holds weights."""

_SITE = "https://storage.googleapis.com/"
_ELSE = 224
_AUTOMATIC = re.compile(r"^(normalization)_\d+/")


class WeightsError(Exception):
    """A backbone's weights are missing or damaged; the message says which file and what to do."""


@dataclass(frozen=True)
class OfficialFile:
    """One of the files that Keras publishes; ``md5`` is None for those that come without a checksum."""

    address: str
    md5: str | None = None

    @property
    def name(self) -> str:
        """The name under which Keras keeps the file."""
        return self.address.rpartition("/")[2]


@dataclass(frozen=True)
class _Family:
    """Files that differ in the side of the images, in pixels, and in the share of the filters, ``alpha``."""

    pattern: str
    sizes: tuple[int, ...]
    alphas: Mapping[float, str]


_SINGLE: Mapping[str, OfficialFile] = {
    "VGG16": OfficialFile(
        f"{_SITE}tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "6d6bbae143d832006294945121d1f1fc",
    ),
    "ResNet50": OfficialFile(
        f"{_SITE}tensorflow/keras-applications/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
        "4d473c1dd8becc155b73f8504c6f6626",
    ),
    "EfficientNetB0": OfficialFile(
        f"{_SITE}keras-applications/efficientnetb0_notop.h5", "50bc09e76180e00e4465e1a485ddc09d"
    ),
}
_FAMILIES: Mapping[str, _Family] = {
    "MobileNet": _Family(
        f"{_SITE}tensorflow/keras-applications/mobilenet/mobilenet_{{alpha}}_{{side}}_tf_no_top.h5",
        (128, 160, 192, 224),
        {0.25: "2_5", 0.5: "5_0", 0.75: "7_5", 1.0: "1_0"},
    ),
    "MobileNetV2": _Family(
        f"{_SITE}tensorflow/keras-applications/mobilenet_v2/"
        "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{alpha}_{side}_no_top.h5",
        (96, 128, 160, 192, 224),
        {alpha: str(alpha) for alpha in (0.35, 0.5, 0.75, 1.0, 1.3, 1.4)},
    ),
}
NAMES = (*_SINGLE, *_FAMILIES)
"""The backbones of the course for which Keras publishes ImageNet weights."""


def official_file(name: str, size: int | None = 64, alpha: float = 1.0) -> OfficialFile:
    """Return the file that ``keras.applications`` takes for images of ``size`` by ``size`` pixels, without the top.

    The MobileNets have a file for each of a few sizes, and that of 224 pixels for all others; ``alpha`` is their
    share of filters. Raises WeightsError where Keras publishes none.
    """
    if name == "AlexNet":
        raise WeightsError(
            "Keras publishes no ImageNet weights for AlexNet: leave it out, or take the course's own for it by "
            'choosing the weights "course".'
        )
    if name not in NAMES:
        raise WeightsError(f'The course has no backbone "{name}" with ImageNet weights; it has {", ".join(NAMES)}.')
    family = _FAMILIES.get(name)
    alphas = {1.0: ""} if family is None else family.alphas
    if alpha not in alphas:
        known = ", ".join(f"{value:g}" for value in alphas)
        raise WeightsError(f"Keras publishes {name} for alpha = {known}, not for {alpha:g}; choose one of these.")
    if family is None:
        return _SINGLE[name]
    side = size if size in family.sizes else _ELSE
    return OfficialFile(family.pattern.format(alpha=alphas[alpha], side=side))


def fetched(name: str, size: int | None = 64, alpha: float = 1.0) -> Path:
    """Return the path of a backbone's official file in Keras's cache, downloading it there on first use.

    Raises WeightsError when it is neither there nor to be had, or cannot be read.
    """
    wanted = official_file(name, size, alpha)
    import h5py  # noqa: PLC0415  (comes with Keras)
    import keras  # noqa: PLC0415  (TensorFlow takes seconds to import)

    try:
        path = Path(keras.utils.get_file(wanted.name, wanted.address, cache_subdir=SUBFOLDER, file_hash=wanted.md5))
    except Exception as error:  # whatever goes wrong on the way, Keras raises a plain Exception or what it met
        raise WeightsError(
            f"The ImageNet weights of {name} are not on this machine and could not be downloaded ({error}): connect "
            f"to the network and run this again, or download {wanted.address} elsewhere and put the file into "
            f'{_folder()}; without it, choose the weights "course".'
        ) from None  # a notebook would show the network's whole stack above the one sentence that helps
    try:
        h5py.File(path, "r").close()
    except OSError as error:
        raise WeightsError(
            f"{path} is damaged, perhaps by a download that broke off; delete it and run this again, or put the file "
            f"from {wanted.address} in its place."
        ) from error
    return path


@lru_cache(maxsize=2)
def arrays(name: str) -> Mapping[str, NDArray[np.float32]]:
    """Return path -> array of a backbone with official weights, in the order of ``model.weights``.

    They are those that Keras loads for images of 64 pixels. Raises WeightsError.
    """
    fetched(name)
    with warnings.catch_warnings():
        # Keras warns that a MobileNet was trained at another size, which holds for all sizes of the course.
        warnings.simplefilter("ignore")
        model = architecture(name, weights="imagenet")
    found = {}
    for weight in model.weights:
        found[path_of(weight)] = value = np.array(weight.numpy(), dtype=np.float32)
        value.setflags(write=False)
    return found


def path_of(weight: Any) -> str:
    """Return the path of a weight without the running number that Keras gives to layers without a name.

    Keras counts through a whole session; a path must mean the same array in each.
    """
    return _AUTOMATIC.sub(r"\1/", weight.path)


def _folder() -> Path:
    """Return the folder in which Keras looks for weights; it turns to /tmp where its own may not be written."""
    home = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser()
    return (home if os.access(home, os.W_OK) else Path("/tmp/.keras")) / SUBFOLDER  # noqa: S108
