"""What notebook 03 shows: training in two phases, which weights moved, and what crosses a cut through a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from data.plots import COLOURS, MARKERS

History = Mapping[str, Sequence[float]]
"""What ``fit(...).history`` holds: ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy``, a value an epoch."""


def joined(first: History, ways: Mapping[str, History], title: str) -> Figure:
    """Return loss and accuracy by epoch: a first phase in black, then each of ``ways`` to go on, in colours.

    Training is dashed, validation solid; a dotted line stands where the first phase ended. Raises ValueError when
    there is no first phase, or no way to go on.
    """
    border = len(first.get("loss", ()))
    if not border or not ways:
        raise ValueError("Two phases are drawn: a first one of one epoch or more, and at least one way to go on.")
    figure = Figure(figsize=(10, 4), layout="constrained")
    figure.suptitle(title)
    for panel, metric in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        for key, style, part in ((metric, "--", "training"), (f"val_{metric}", "-", "validation")):
            epochs = np.arange(1, border + 1)
            panel.plot(epochs, list(first[key]), style, color="black", label=f"phase one, {part}")
            for number, (name, history) in enumerate(ways.items()):
                # The last value of the first phase joins the lines.
                values = [first[key][-1], *history[key]]
                colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
                places = border + np.arange(len(values))
                panel.plot(places, values, style, color=colour, marker=marker, markersize=3, label=f"{name}, {part}")
        panel.axvline(border, color="0.3", linestyle=":", label="phase two starts")
        panel.set(xlabel="epoch", ylabel=metric, title=metric.capitalize())
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        panel.grid(alpha=0.3)
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=8)
    return figure


def cuts(crossing: Mapping[int, int], chosen: Sequence[int], stages: Mapping[str, int], title: str) -> Figure:
    """Return, for each number of frozen layers, how many tensors pass from below the cut to above it.

    ``chosen`` are marked with their number; ``stages`` is name -> first layer, drawn as lines across. Raises
    ValueError when a chosen cut has no value.
    """
    unknown = [depth for depth in chosen if depth not in crossing]
    if unknown:
        raise ValueError(f"There is no cut at {unknown[0]} layers.")
    figure = Figure(figsize=(10, 2.8), layout="constrained")
    panel = figure.subplots()
    depths = sorted(crossing)
    panel.step(depths, [crossing[depth] for depth in depths], where="mid", color="0.5", linewidth=1)
    for number, depth in enumerate(chosen):
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        panel.plot([depth], [crossing[depth]], marker, color=colour, markersize=9)
        panel.annotate(str(depth), (depth, crossing[depth]), (0, 8), textcoords="offset points", ha="center")
    top = max(crossing.values()) + 0.7
    for name, place in stages.items():
        panel.axvline(place, color="0.8", linestyle=":", zorder=0)
        panel.text(place + 1, top - 0.05, name, va="top", fontsize=8)
    panel.set(title=title, xlabel="layers frozen", ylabel="tensors that cross", ylim=(0.5, top))
    panel.yaxis.set_major_locator(MaxNLocator(integer=True))
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def differ(before: ArrayLike, after: ArrayLike) -> bool:
    """Return True if two arrays are not the same, bit for bit."""
    return not np.array_equal(np.asarray(before), np.asarray(after))


def moved(before: Sequence[ArrayLike], after: Sequence[ArrayLike]) -> int:
    """Return how many arrays of a layer or a model are not what they were; both are what ``get_weights()`` returns.

    Raises ValueError when there are not equally many of them.
    """
    return sum(differ(old, new) for old, new in zip(before, after, strict=True))


def crossing(network: Sequence[Any], depth: int) -> list[str]:
    """Return the names of the layers among the first ``depth`` whose output is used by one that comes after them.

    ``network`` is what ``model.layers`` lists, for a functional Keras model of layers with one output each. Raises
    ValueError when there are not layers on both sides.
    """
    if not 0 < depth < len(network):
        raise ValueError(f"A cut needs layers on both sides: from 1 to {len(network) - 1}, not {depth}.")
    below = {id(layer.output): str(layer.name) for layer in network[:depth]}
    inputs = [layer.input for layer in network[depth:]]
    used = [tensor for given in inputs for tensor in (given if isinstance(given, (list, tuple)) else [given])]
    return sorted({below[id(tensor)] for tensor in used if id(tensor) in below})
