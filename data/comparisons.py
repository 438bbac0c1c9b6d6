"""Figures that set several trained models side by side: an interval for each, and histograms of their weights."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from data.evidence.table import estimate
from data.plots import COLOURS

BINS = 61
"""Of a histogram; odd, so that one of them has zero in its middle."""


def intervals(runs: Mapping[str, ArrayLike], title: str, label: str, mark: tuple[str, float]) -> Figure:
    """Return a row for each of ``runs``: its values as circles, below them their mean and 95 % interval.

    ``label`` names what was measured; ``mark`` is the name and place of a line across, such as no difference.
    Raises ValueError when a row has fewer than two values.
    """
    figure = Figure(figsize=(8, 0.55 * len(runs) + 1.8), layout="constrained")
    panel = figure.subplots()
    panel.axvline(mark[1], color=COLOURS[4], linestyle="--", label=mark[0])
    for row, (name, values) in enumerate(runs.items()):
        measured = np.asarray(values, dtype=float).ravel()
        if len(measured) < 2:
            raise ValueError(f"{name}: an interval needs two measurements or more, and there is {len(measured)}.")
        found = estimate(list(measured))
        first = row == 0
        panel.plot(
            measured,
            np.full(len(measured), row - 0.18),
            "o",
            color=COLOURS[1],
            markersize=5,
            label="one seed" if first else None,
        )
        panel.errorbar(
            found.mean,
            row + 0.14,
            xerr=found.half,
            fmt="D",
            color=COLOURS[0],
            capsize=4,
            label="mean and 95 % interval" if first else None,
        )
    panel.set_yticks(range(len(runs)), list(runs))
    panel.set_ylim(len(runs) - 0.5, -0.5)
    panel.set(title=title, xlabel=label)
    panel.grid(axis="x", alpha=0.3)
    panel.spines[["top", "right"]].set_visible(False)
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=3, fontsize=8)
    return figure


def histograms(weights: Mapping[str, ArrayLike], title: str, label: str) -> Figure:
    """Return a histogram for each of ``weights``, arrays of any shape, on common axes; counts on a log scale.

    The bins reach to the largest absolute value of all, evenly on both sides of zero. Raises ValueError when
    there is nothing to draw.
    """
    flat: dict[str, NDArray[np.float64]] = {
        name: np.asarray(values, dtype=float).ravel() for name, values in weights.items()
    }
    if not flat or any(values.size == 0 for values in flat.values()):
        raise ValueError("A histogram needs at least one array, and none of them empty.")
    reach = max(float(np.abs(values).max()) for values in flat.values()) or 1.0
    edges = np.linspace(-reach, reach, BINS + 1)
    figure = Figure(figsize=(3.2 * len(flat), 3.4), layout="constrained")
    figure.suptitle(title)
    for number, (panel, (name, values)) in enumerate(
        zip(figure.subplots(1, len(flat), sharey=True, squeeze=False)[0], flat.items(), strict=True)
    ):
        panel.hist(values, bins=edges, color=COLOURS[number % len(COLOURS)])
        panel.set_yscale("log")
        panel.set(title=name, xlabel=label, ylabel="count" if number == 0 else "")
        panel.spines[["top", "right"]].set_visible(False)
    return figure
