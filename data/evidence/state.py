"""Models that are built and traced once, and brought back to their first state for each seed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Reset:
    """Brings a compiled model back: weights, the optimizer's moments and its count of steps, random layers."""

    def __init__(self, model: Any) -> None:
        """Remember the state of ``model`` as it is now."""
        model.optimizer.build(model.trainable_variables)
        self._variables = {id(v): v for v in (*model.variables, *model.optimizer.variables)}.values()
        self._values = [np.array(variable.numpy()) for variable in self._variables]

    def __call__(self, seed: int) -> None:
        """Restore what was remembered; the random layers start from ``seed`` and their position instead."""
        for position, (variable, value) in enumerate(zip(self._variables, self._values, strict=True)):
            if variable.path.endswith("seed_generator_state"):
                variable.assign(np.array([1000 * seed + position, 0], dtype=value.dtype))
            else:
                variable.assign(value)


def batches(count: int, size: int, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """Yield positions below ``count`` without end, ``size`` at a time, each pass over all of them in a new order."""
    waiting = np.empty(0, dtype=np.int64)
    while True:
        while len(waiting) < size:
            waiting = np.concatenate([waiting, rng.permutation(count)])
        yield waiting[:size]
        waiting = waiting[size:]
