"""A model's accuracy on images that no student has seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.evidence.observe import sentence
from grader.evidence.plan import Array
from grader.evidence.probe import AffineMap
from grader.records import AccuracyFacts

BATCH = 50
SUM_TOLERANCE = 1e-2

Progress = Callable[[int, int], None]
"""Called with the number of images done and the number of all."""


class UnusableModelError(GraderError):
    """A model gives no probabilities; the message is one sentence for the student."""


def accuracy(
    model: Any,
    prepare: AffineMap,
    images: Array,
    labels: Array,
    progress: Progress | None = None,
) -> AccuracyFacts:
    """Return how many raw images (n, height, width, 3) the model names as ``labels`` (n,) do.

    Raises UnusableModelError when the model fails on them, or gives no probabilities (n, classes).
    """
    classes = int(labels.max()) + 1
    correct = 0
    for start in range(0, len(images), BATCH):
        batch = prepare.apply(images[start : start + BATCH])
        correct += int((_probabilities(model, batch, classes).argmax(axis=1) == labels[start : start + BATCH]).sum())
        if progress is not None:
            progress(min(start + BATCH, len(images)), len(images))
    return AccuracyFacts(len(images), correct)


def _probabilities(model: Any, batch: Array, classes: int) -> Array:
    try:
        # A call, not predict(): it needs no compile, and traces nothing anew for each model.
        answer = np.asarray(model(batch, training=False), dtype=np.float64)
    except Exception as error:  # a rebuilt model may fail in any way that Keras knows
        raise UnusableModelError(f"The model fails on prepared images: {sentence(error)}") from error
    if answer.shape != (len(batch), classes):
        wanted = f"({len(batch)}, {classes})"
        raise UnusableModelError(f"The model gives an output of shape {answer.shape} where {wanted} is expected.")
    if not np.isfinite(answer).all():
        raise UnusableModelError("The model gives values that are not finite; train it with a lower learning rate.")
    if answer.min() < -SUM_TOLERANCE or np.abs(answer.sum(axis=1) - 1).max() > SUM_TOLERANCE:
        raise UnusableModelError(
            "The model's outputs are no probabilities (each row has to add up to 1); "
            'give the last Dense layer activation="softmax".'
        )
    return answer
