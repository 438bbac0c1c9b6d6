"""The figures of the notebooks: each has a title, labelled axes, colours that the colour-blind can tell, and words."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from IPython.display import display
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000")
"""The palette of Okabe and Ito, 2008 (without its yellow, which is too pale for lines on white)."""

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
"""One marker a colour, so that no line is told from another by colour alone."""


def show(figure: Figure, alt: str) -> None:
    """Display a figure as PNG whose output carries ``alt``, a sentence that says what is to be seen, and close it.

    Raises ValueError when there are no such words.
    """
    if not alt.strip():
        raise ValueError("Say in words what the figure shows: alt is empty.")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90, facecolor="white", metadata={"Description": alt})
    pyplot.close(figure)
    picture = base64.b64encode(buffer.getvalue()).decode("ascii")
    display({"image/png": picture, "text/plain": alt}, metadata={"image/png": {"alt": alt}}, raw=True)


def grid(images: ArrayLike, titles: Sequence[str], title: str, columns: int = 10) -> Figure:
    """Return pictures in rows of ``columns``, each below its own title; images hold 0 to 255."""
    pictures = np.clip(np.asarray(images), 0, 255).astype(np.uint8)
    if len(pictures) != len(titles):
        raise ValueError(f"There are {len(pictures)} images but {len(titles)} titles.")
    rows = -(-len(pictures) // columns)
    lines = max((text.count("\n") + 1 for text in titles), default=1)
    figure = Figure(figsize=(max(1.15 * columns, 4), (1.15 + 0.17 * lines) * rows + 0.45), layout="constrained")
    figure.suptitle(title)
    axes = figure.subplots(rows, columns, squeeze=False).ravel()
    for panel in axes:
        panel.axis("off")
    for panel, picture, text in zip(axes, pictures, titles, strict=False):
        panel.imshow(picture, interpolation="nearest")
        panel.set_title(text, fontsize=9)
    return figure


def curves(histories: Mapping[str, Mapping[str, Sequence[float]]], title: str) -> Figure:
    """Return loss and accuracy by epoch, training dashed and validation solid, one colour and one marker a history.

    The first history has no marker; those of the others stand on every few epochs. A history is what
    ``fit(...).history`` holds: ``loss``, ``accuracy``, ``val_loss``, ``val_accuracy``.
    """
    figure = Figure(figsize=(10, 4), layout="constrained")
    figure.suptitle(title)
    for panel, metric in zip(figure.subplots(1, 2), ("loss", "accuracy"), strict=True):
        for number, (name, history) in enumerate(histories.items()):
            colour, marker = COLOURS[number % len(COLOURS)], ("", *MARKERS)[number % (len(MARKERS) + 1)]
            for key, style, part in ((metric, "--", "training"), (f"val_{metric}", "-", "validation")):
                epochs = np.arange(1, len(history[key]) + 1)
                look = {"color": colour, "marker": marker, "markersize": 5, "markevery": max(len(epochs) // 8, 1)}
                panel.plot(epochs, history[key], style, label=f"{name}, {part}", **look)
        panel.set(xlabel="epoch", ylabel=metric, title=metric.capitalize())
        panel.xaxis.set_major_locator(MaxNLocator(integer=True))
        panel.grid(alpha=0.3)
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=4, fontsize=8)
    return figure


def bars(values: Mapping[str, float], title: str, label: str, mark: tuple[str, float] | None = None) -> Figure:
    """Return horizontal bars with their values; ``mark`` is the name and place of a line across, such as chance."""
    figure = Figure(figsize=(8, 0.5 * len(values) + 1.6), layout="constrained")
    panel = figure.subplots()
    drawn = panel.barh(list(values), list(values.values()), color=COLOURS[0], height=0.6)
    # In front of the line across, on white: no digit is crossed out.
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    panel.bar_label(drawn, fmt="%.3g", padding=3, bbox=behind, zorder=3)
    panel.invert_yaxis()
    panel.margins(x=0.12)
    panel.set(title=title, xlabel=label)
    if mark is not None:
        panel.axvline(mark[1], color=COLOURS[4], linestyle="--", label=mark[0])
        panel.legend(loc="lower right", fontsize=8)
    _plain(panel)
    return figure


def spread(sizes: Sequence[int], runs: Mapping[str, ArrayLike], title: str, labels: tuple[str, str]) -> Figure:
    """Return the mean of several runs at each size, in a band from the lowest run to the highest.

    Each of ``runs`` has shape (sizes, repetitions); ``labels`` name the two axes; sizes are spaced by ratio.
    """
    figure = Figure(figsize=(8, 4), layout="constrained")
    panel = figure.subplots()
    for number, (name, measured) in enumerate(runs.items()):
        values = np.asarray(measured, dtype=float)
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        panel.plot(sizes, values.mean(axis=1), color=colour, marker=marker, label=name)
        panel.fill_between(sizes, values.min(axis=1), values.max(axis=1), color=colour, alpha=0.2, linewidth=0)
    panel.set_xscale("log")
    panel.set_xticks(list(sizes), [str(size) for size in sizes])
    panel.minorticks_off()
    panel.set(title=title, xlabel=labels[0], ylabel=labels[1])
    panel.grid(alpha=0.3)
    panel.legend()
    _plain(panel)
    return figure


def confusion(matrix: ArrayLike, names: Sequence[str], title: str) -> Figure:
    """Return a confusion matrix: a row for each true class, a column for each predicted one, a count in each cell."""
    counts: NDArray[Any] = np.asarray(matrix)
    if counts.shape != (len(names), len(names)):
        raise ValueError(f"The matrix has shape {counts.shape}, but there are {len(names)} names.")
    side = 0.55 * len(names) + 1.6
    figure = Figure(figsize=(side + 0.6, side), layout="constrained")
    panel = figure.subplots()
    image = panel.imshow(counts, cmap="Blues", vmin=0)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            shade = "white" if count > counts.max() / 2 else "black"
            panel.text(column, row, str(count), ha="center", va="center", color=shade, fontsize=9)
    panel.set_xticks(range(len(names)), list(names), rotation=45, ha="right")
    panel.set_yticks(range(len(names)), list(names))
    panel.set(title=title, xlabel="predicted", ylabel="true")
    figure.colorbar(image, ax=panel, shrink=0.8, label="images")
    return figure


def _plain(panel: Axes) -> None:
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)
