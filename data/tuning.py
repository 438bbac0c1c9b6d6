"""The figures of notebook 03: two phases in one set of curves, the layers that moved, and what each rate does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from data.plots import COLOURS, MARKERS

History = Mapping[str, Sequence[float]]

STATES = ("no weights", "held still", "moved")
"""What a layer can have done, in the order of the numbers that ``layers`` takes."""

_SHADES = ("#F2F2F2", "#8FA9C4", "#D55E00")


def phases(first: History, ways: Mapping[str, History], title: str) -> Figure:
    """Return loss and accuracy by epoch of a first phase and of one or more ways to go on from its end.

    A vertical line marks where fine-tuning begins; training is dashed, validation solid; each way has a colour and a
    marker. A history is what ``fit(...).history`` holds: ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy``.
    """
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    figure.suptitle(title)
    until = len(first["loss"])
    for panel, metric in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        keys = {metric: ("--", "training"), f"val_{metric}": ("-", "validation")}
        for key, (style, part) in keys.items():
            panel.plot(range(1, until + 1), first[key], style, color=COLOURS[6], label=f"first phase, {part}")
        for number, (name, history) in enumerate(ways.items()):
            for key, (style, part) in keys.items():
                epochs = range(until, until + 1 + len(history[key]))
                joined = [first[key][-1], *history[key]]
                look = {"color": COLOURS[number % 6], "marker": MARKERS[number % 6], "markersize": 5}
                panel.plot(epochs, joined, style, label=f"{name}, {part}", **look)
        panel.axvline(until, color=COLOURS[4], linewidth=2, linestyle=":", label="fine-tuning begins")
        panel.set(xlabel="epoch", ylabel=metric, title=metric.capitalize())
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        panel.grid(alpha=0.3)
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=8)
    return figure


def layers(states: Mapping[str, Sequence[int]], stages: Mapping[str, int], title: str) -> Figure:
    """Return a strip for each of ``states``: a field for each layer of a network, from the first to the last.

    A state is the place in ``STATES``; ``stages`` give the name of each stage and the number of its first layer.
    Raises ValueError when two strips differ in length.
    """
    lengths = {len(row) for row in states.values()}
    if len(lengths) != 1:
        raise ValueError(f"All strips need the same number of layers; these have {sorted(lengths)}.")
    figure = Figure(figsize=(10, 0.5 * len(states) + 1.9), layout="constrained")
    panel = figure.subplots()
    shades = ListedColormap(_SHADES)
    panel.imshow(np.array(list(states.values())), aspect="auto", cmap=shades, vmin=0, vmax=2, interpolation="nearest")
    panel.set_yticks(range(len(states)), list(states))
    panel.set_title(title, pad=20)
    panel.set_xlabel("number of the layer")
    for row in range(1, len(states)):
        panel.axhline(row - 0.5, color="white", linewidth=4)
    for name, first in stages.items():
        panel.axvline(first - 0.5, color="black", linewidth=1.2)
        panel.text(first + 0.5, -0.62, name, fontsize=8, va="bottom")
    patches = [
        Patch(facecolor=shade, edgecolor="grey", label=state) for shade, state in zip(_SHADES, STATES, strict=True)
    ]
    figure.legend(handles=patches, loc="outside lower center", ncols=3, fontsize=8)
    return figure


def rates(
    tried: Sequence[float],
    drift: Mapping[str, ArrayLike],
    accuracy: Mapping[str, ArrayLike],
    before: Mapping[str, float],
    title: str,
) -> Figure:
    """Return, by learning rate, how far weights have gone (both axes by ratio) and the accuracies behind it.

    ``before`` holds the accuracies that a dashed line marks, under the names of ``accuracy``.
    """
    figure = Figure(figsize=(10, 4), layout="constrained")
    figure.suptitle(title)
    left, right = figure.subplots(1, 2)
    for panel, series in ((left, drift), (right, accuracy)):
        for number, (name, values) in enumerate(series.items()):
            panel.plot(tried, np.asarray(values), color=COLOURS[number], marker=MARKERS[number], label=name)
            if panel is right and name in before:
                label = f"{name}, before"
                panel.axhline(before[name], color=COLOURS[number], linestyle="--", linewidth=1, label=label)
        panel.set_xscale("log")
        panel.set_xlabel("learning rate")
        panel.grid(alpha=0.3)
        panel.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, frameon=False, fontsize=8)
        panel.spines[["top", "right"]].set_visible(False)
    left.set_yscale("log")
    left.set(ylabel="distance from the start, relative", title="Drift of the weights")
    right.set(ylabel="accuracy", title="Accuracy")
    return figure
