"""A model's probabilities for labelled images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.errors import GraderError
from grader.evidence.observe import sentence
from grader.evidence.plan import Array
from grader.measures import PredictionFacts

BATCH = 50
SUM_TOLERANCE = 1e-2

Progress = Callable[[int, int], None]
"""Called with the number of images done and the number of all."""


class UnusableModelError(GraderError):
    """A model gives no probabilities; the message is one sentence for the student."""


def predictions(
    model: Any, images: Array, labels: Array, classes: int, progress: Progress | None = None
) -> PredictionFacts:
    """Return a model's probabilities for ``images`` (n, ...), given as it takes them, with their ``labels`` (n,).

    Raises UnusableModelError when the model fails on them, or gives no probabilities (n, classes); for two classes
    one sigmoid output (n, 1) is as good.
    """
    rows: list[tuple[float, ...]] = []
    for start in range(0, len(images), BATCH):
        answers = _probabilities(model, images[start : start + BATCH], classes)
        rows += [tuple(row) for row in answers.tolist()]
        if progress is not None:
            progress(min(start + BATCH, len(images)), len(images))
    return PredictionFacts(tuple(int(label) for label in labels), tuple(rows))


def _probabilities(model: Any, batch: Array, classes: int) -> Array:
    try:
        # A call, not predict(): it needs no compile, and traces nothing anew for each model.
        answer = np.asarray(model(batch, training=False), dtype=np.float64)
    except Exception as error:  # a rebuilt model may fail in any way that Keras knows
        raise UnusableModelError(f"The model fails on prepared images: {sentence(error)}") from error
    if not np.isfinite(answer).all():
        raise UnusableModelError("The model gives values that are not finite; train it with a lower learning rate.")
    if classes == 2 and answer.shape == (len(batch), 1):
        answer = np.hstack([1 - answer, answer])
    if answer.shape != (len(batch), classes):
        wanted = f"({len(batch)}, {classes})"
        raise UnusableModelError(f"The model gives an output of shape {answer.shape} where {wanted} is expected.")
    if answer.min() < -SUM_TOLERANCE or np.abs(answer.sum(axis=1) - 1).max() > SUM_TOLERANCE:
        raise UnusableModelError(
            "The model's outputs are no probabilities (each row has to add up to 1); "
            'give the last Dense layer activation="softmax".'
        )
    return answer
