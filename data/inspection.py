"""The figures of notebook 06: curves over a quantity, rankings with their errors, and what both say in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from data.plots import COLOURS, MARKERS

STYLES = ("-", "--", "-.", ":")
"""One pattern a line, so that no line is told from another by colour alone."""


def curves(
    series: Mapping[str, tuple[ArrayLike, ArrayLike]],
    title: str,
    labels: tuple[str, str],
    points: Mapping[str, tuple[float, float]] | None = None,
    levels: Mapping[str, float] | None = None,
) -> Figure:
    """Return lines through (x, y), one for each of ``series``, with the two axes named by ``labels``.

    ``points`` marks places with a sign of their own, named in the legend; ``levels`` are thin lines across at a
    height, such as the cost of inspecting nothing. Raises ValueError when x and y of a line differ in length.
    """
    figure = Figure(figsize=(8, 4.6), layout="constrained")
    panel = figure.subplots()
    for number, (name, (across, up)) in enumerate(series.items()):
        x, y = np.asarray(across, dtype=float), np.asarray(up, dtype=float)
        if x.shape != y.shape:
            raise ValueError(f"{name!r} has {len(x)} places and {len(y)} heights.")
        panel.plot(x, y, STYLES[number % len(STYLES)], color=COLOURS[number % len(COLOURS)], label=name)
    for number, (name, height) in enumerate((levels or {}).items()):
        panel.axhline(height, color="grey", linestyle=STYLES[-1 - number % 2], linewidth=1, label=name)
    for number, (name, place) in enumerate((points or {}).items()):
        panel.plot(*place, MARKERS[number % len(MARKERS)], color="black", markersize=8, linestyle="", label=name)
    panel.set(title=title, xlabel=labels[0], ylabel=labels[1])
    panel.grid(alpha=0.3)
    panel.legend(fontsize=8, loc="center left", bbox_to_anchor=(1.01, 0.5))
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def rankings(values: Mapping[str, tuple[float, float]], title: str) -> Figure:
    """Return a row for each of ``values``: the area under its ROC curve, with its standard error to both sides."""
    figure = Figure(figsize=(8, 0.42 * len(values) + 1.8), layout="constrained")
    panel = figure.subplots()
    for row, (area, error) in enumerate(values.values()):
        panel.errorbar(area, row, xerr=error, color=COLOURS[0], marker=MARKERS[0], capsize=4)
        panel.annotate(f"{area:.2f}", (area, row), (0, 6), textcoords="offset points", ha="center", fontsize=8)
    panel.axvline(0.5, color=COLOURS[4], linestyle="--", label="guessing")
    panel.set_yticks(range(len(values)), list(values))
    panel.set_ylim(len(values) - 0.5, -0.6)
    panel.set(title=title, xlabel="area under the ROC curve, with its standard error")
    panel.grid(axis="x", alpha=0.3)
    panel.legend(fontsize=8)
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def told(values: Mapping[str, float] | Mapping[str, Mapping[Any, float]], form: str) -> str:
    """Return values in words, for the text alternative of a figure; ``form`` is that of each number, such as ``.2f``.

    ``{"a": 1, "b": 2}`` becomes "a: 1; b: 2", and ``{"a": {"x": 1, "y": 2}}`` becomes "a: x 1, y 2".
    """
    return "; ".join(f"{name}: {_listed(value, form)}" for name, value in values.items())


def _listed(value: float | Mapping[Any, float], form: str) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one:{form}}" for name, one in value.items())
    return f"{value:{form}}"
