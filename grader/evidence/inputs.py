"""What goes into a model: whether exported images kept their labels, and what augmentation makes of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.evidence.facts import values
from grader.evidence.plan import Array
from grader.evidence.predictions import UnusableModelError
from grader.evidence.probe import seen_by_first_convolution
from grader.measures import AugmentedFacts, LabelledFacts

COPIES = 8
"""Of each image: a flip that leaves every one of them as it was, twice, is then as good as impossible."""

SEED_STATE = "seed_generator_state"


def augmented(model: Any, prepared: Array) -> AugmentedFacts | None:
    """Return what training and inference make of prepared images (n, ...), or None for a model without a convolution.

    The states of the model's random layers are put back, so that a training that follows is not another one.
    """
    images = np.repeat(np.asarray(prepared), COPIES, axis=0)
    seeds = [variable for variable in model.variables if variable.name == SEED_STATE]
    states = [values(variable).copy() for variable in seeds]
    try:
        seen = [seen_by_first_convolution(model, images, training=mode) for mode in (False, False, True, True)]
    finally:
        for variable, state in zip(seeds, states, strict=True):
            variable.assign(state)
    arrived = [array for array in seen if array is not None]
    if len(arrived) < len(seen):
        return None
    calm, again, first, second = arrived
    return AugmentedFacts(
        changes=not np.array_equal(first, calm),
        varies=not np.array_equal(first, second),
        rests=np.array_equal(calm, again),
    )


def labelled(images: Array, labels: Array, shipped: tuple[Array, Array]) -> LabelledFacts:
    """Compare images (n, height, width, 3) and labels, (n,), (n, 1) or one-hot (n, kinds), with those of a shipped set.

    Raises UnusableModelError with a sentence for the student where the two do not go together.
    """
    if images.ndim != 4 or labels.ndim not in (1, 2) or len(images) != len(labels):
        raise UnusableModelError(
            f"The images have the shape {images.shape} and the labels {labels.shape}; they must be as many, "
            "images of the shape (n, 64, 64, 3)."
        )
    numbers = labels.ravel() if labels.size == len(labels) else labels.argmax(axis=1)
    own = {picture.tobytes(): int(label) for picture, label in zip(*shipped, strict=True)}
    with np.errstate(invalid="ignore"):
        pixels = images.astype(shipped[0].dtype)
    unchanged = (pixels == images).all(axis=(1, 2, 3))
    keys = [picture.tobytes() if same else b"" for picture, same in zip(pixels, unchanged, strict=True)]
    known = [(key, number) for key, number in zip(keys, numbers.tolist(), strict=True) if key in own]
    return LabelledFacts(
        images=len(images),
        known=len(known),
        right=sum(own[key] == number for key, number in known),
        different=len({key for key, _ in known}),
        kinds=len({own[key] for key, _ in known}),
    )
