"""What the errors of an inspection cost: alarms by threshold, their counts, and the threshold that costs least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Outcome:
    """The pictures of an inspection: defects found and missed, sound pieces alarmed and passed."""

    found: int
    missed: int
    alarmed: int
    passed: int

    @property
    def recall(self) -> float:
        """The share of all defects that was found; NaN when there was none."""
        return _share(self.found, self.found + self.missed)

    @property
    def precision(self) -> float:
        """The share of all alarms that was a defect; NaN when there was no alarm."""
        return _share(self.found, self.found + self.alarmed)

    @property
    def accuracy(self) -> float:
        """The share of all pictures that was told rightly."""
        return _share(self.found + self.passed, self.found + self.missed + self.alarmed + self.passed)

    def cost(self, miss: float, alarm: float = 1.0) -> float:
        """Return the mean cost of a picture, where a missed defect costs ``miss`` and a false alarm ``alarm``."""
        pictures = self.found + self.missed + self.alarmed + self.passed
        return (miss * self.missed + alarm * self.alarmed) / pictures


def outcome(scores: ArrayLike, defective: ArrayLike, threshold: float) -> Outcome:
    """Return what comes out when every picture with a score of ``threshold`` or more gives an alarm.

    ``scores`` and ``defective`` (true or false) have shape (pictures,). Raises ValueError when they differ in
    shape or there is no picture.
    """
    given, true = _checked(scores, defective)
    alarms = given >= threshold
    found, alarmed = int(np.sum(alarms & true)), int(np.sum(alarms & ~true))
    return Outcome(found, int(true.sum()) - found, alarmed, int((~true).sum()) - alarmed)


def thresholds(scores: ArrayLike) -> Floats:
    """Return one threshold for each way to part the scores, rising: from alarms for all to alarms for none.

    Between two neighbouring scores it lies in the middle.
    """
    steps = np.unique(np.asarray(scores, dtype=float))
    if not len(steps):
        raise ValueError("Without a score there is no threshold to choose.")
    return np.concatenate([steps[:1], (steps[:-1] + steps[1:]) / 2, [np.nextafter(steps[-1], np.inf)]])


def cheapest(scores: ArrayLike, defective: ArrayLike, miss: float, alarm: float = 1.0) -> float:
    """Return the threshold of least cost; among several the one in their middle, which new pictures upset least.

    Raises ValueError as ``outcome`` does.
    """
    given, true = _checked(scores, defective)
    tried = thresholds(given)
    missed = np.searchsorted(np.sort(given[true]), tried)
    alarmed = np.sum(~true) - np.searchsorted(np.sort(given[~true]), tried)
    costs = miss * missed + alarm * alarmed
    best = np.flatnonzero(np.isclose(costs, costs.min()))
    return float(tried[best[len(best) // 2]])


def ranking_error(area: float, defects: int, sound: int) -> float:
    """Return the standard error of an area under the ROC curve that was measured on so many pictures.

    Source: J. Hanley and B. McNeil, "The meaning and use of the area under a receiver operating characteristic
    (ROC) curve", 1982.
    """
    both, square = area / (2 - area), area * area
    spread = (defects - 1) * (both - square) + (sound - 1) * (2 * square / (1 + area) - square)
    return float(np.sqrt((area * (1 - area) + spread) / (defects * sound)))


def _checked(scores: ArrayLike, defective: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    given, true = np.asarray(scores, dtype=float), np.asarray(defective, dtype=bool)
    if given.ndim != 1 or given.shape != true.shape or not len(given):
        raise ValueError(
            f"Scores of shape {given.shape} do not fit {true.shape} truths; each picture needs one of each."
        )
    return given, true


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
