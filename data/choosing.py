"""The figures of notebook 04: what accuracy costs, what confidence is worth, and where a network looks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from data.plots import COLOURS, MARKERS
from data.saliency import enlarge

HEAT = "magma"
"""A colour map whose lightness rises all the way, so that it reads without colours, too."""


@dataclass(frozen=True)
class Confidence:
    """Pictures sorted by how sure a model was: for each bin its mean confidence, its accuracy, and its pictures."""

    sure: NDArray[np.float64]
    right: NDArray[np.float64]
    counts: NDArray[np.int64]

    @property
    def gap(self) -> float:
        """The mean distance of confidence and accuracy over all pictures (the expected calibration error).

        Source: C. Guo and others, "On calibration of modern neural networks", 2017.
        """
        filled = self.counts > 0
        apart = np.abs(self.sure[filled] - self.right[filled])
        return float(np.average(apart, weights=self.counts[filled]))


def confidence(probabilities: ArrayLike, labels: ArrayLike, bins: int = 5) -> Confidence:
    """Return how often a model was right, by how sure it was; bins of equal width from 0 to 1.

    ``probabilities`` have shape (pictures, kinds), ``labels`` (pictures,). The numbers of an empty bin are NaN.
    Raises ValueError when there is no picture.
    """
    given, true = np.asarray(probabilities, dtype=float), np.asarray(labels)
    if not len(true):
        raise ValueError("Without pictures there is nothing to say about confidence.")
    sure, right = given.max(axis=1), given.argmax(axis=1) == true
    place = np.minimum((sure * bins).astype(int), bins - 1)
    counts = np.bincount(place, minlength=bins)
    with np.errstate(invalid="ignore"):
        means = [np.bincount(place, weights=values, minlength=bins) / counts for values in (sure, right)]
    return Confidence(means[0], means[1], counts)


def reliability(found: Mapping[str, Confidence], title: str) -> Figure:
    """Return accuracy by confidence, a line for each of ``found``, with the number of pictures of each bin.

    The vertical bars are one standard error; on the dashed line confidence and accuracy agree.
    """
    figure = Figure(figsize=(6, 5), layout="constrained")
    panel = figure.subplots()
    panel.plot([0, 1], [0, 1], "--", color="grey", label="as often right as sure")
    for number, (name, one) in enumerate(found.items()):
        filled = one.counts > 0
        sure, right, counts = one.sure[filled], one.right[filled], one.counts[filled]
        error = np.sqrt(np.maximum(right * (1 - right), 1 / (4 * counts)) / counts)
        panel.errorbar(sure, right, error, color=COLOURS[number], marker=MARKERS[number], capsize=3, label=name)
        for x, y, count in zip(sure, right, counts, strict=True):
            panel.annotate(str(count), (x, y), (6, -12 if number == 0 else 6), textcoords="offset points", fontsize=8)
    panel.set(title=title, xlabel="confidence: the highest probability", ylabel="share of right answers")
    panel.set(xlim=(0, 1.08), ylim=(0, 1.08))
    panel.grid(alpha=0.3)
    panel.legend(loc="upper left", fontsize=8)
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def trade(points: Mapping[str, tuple[float, float]], errors: Sequence[float], title: str, label: str) -> Figure:
    """Return accuracy against a cost: name -> (cost, accuracy), a marker with its name for each; costs by ratio.

    ``errors`` are the standard errors of the accuracies, in the order of ``points``; ``label`` names the cost.
    """
    figure = Figure(figsize=(8, 4.6), layout="constrained")
    panel = figure.subplots()
    for number, ((name, (cost, accuracy)), error) in enumerate(zip(points.items(), errors, strict=True)):
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        panel.errorbar(cost, accuracy, error, color=colour, marker=marker, markersize=9, capsize=3)
        side = -1 if _nearest_is_dearer(cost, [other for other, _ in points.values()]) else 1
        align = "right" if side < 0 else "left"
        panel.annotate(name, (cost, accuracy), (9 * side, 7), textcoords="offset points", color=colour, ha=align)
    panel.set_xscale("log")
    panel.xaxis.set_major_formatter("{x:g}")
    panel.xaxis.set_minor_formatter("{x:g}")
    panel.margins(x=0.25, y=0.15)
    panel.set(title=title, xlabel=label, ylabel="validation accuracy, with its standard error")
    panel.grid(alpha=0.3, which="both")
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def _nearest_is_dearer(cost: float, costs: Sequence[float]) -> bool:
    """Return whether the nearest other cost, by ratio, is the higher one: then a name finds more room on the left."""
    ratios = [other / cost for other in costs if other != cost]
    return bool(ratios) and min(ratios, key=lambda ratio: abs(np.log(ratio))) > 1


def heats(pictures: ArrayLike, found: Mapping[str, ArrayLike], titles: Sequence[str], title: str) -> Figure:
    """Return pictures in the first row, and below them a row for each of ``found``: its heats laid over the pictures.

    Pictures have shape (n, size, size, 3), 0 to 255, heats (n, height, width), 0 to 1; ``titles`` stand above the
    pictures. Raises ValueError when their numbers differ or there is no row of heats.
    """
    shown = np.clip(np.asarray(pictures), 0, 255).astype(np.uint8)
    if not found or any(len(np.asarray(row)) != len(shown) for row in (titles, *found.values())):
        raise ValueError(f"There are {len(shown)} pictures; the titles, and one row of heats or more, need as many.")
    figure = Figure(figsize=(1.5 * len(shown) + 1, 1.6 * (len(found) + 1) + 0.6), layout="constrained")
    figure.suptitle(title)
    panels = figure.subplots(len(found) + 1, len(shown), squeeze=False)
    for panel, picture, text in zip(panels[0], shown, titles, strict=True):
        panel.imshow(picture, interpolation="nearest")
        panel.set_title(text, fontsize=9)
    for row, (name, each) in zip(panels[1:], found.items(), strict=True):
        for panel, picture, one in zip(row, shown, enlarge(each, shown.shape[1]), strict=True):
            panel.imshow(picture.mean(axis=-1), cmap="gray", vmin=0, vmax=255, interpolation="nearest")
            hot = panel.imshow(one, cmap=HEAT, vmin=0, vmax=1, alpha=0.6)
        row[0].set_ylabel(name, fontsize=9)
    for panel in panels.ravel():
        panel.set(xticks=[], yticks=[])
    figure.colorbar(hot, ax=panels[1:], shrink=0.8, label="heat, relative to its highest")
    return figure
