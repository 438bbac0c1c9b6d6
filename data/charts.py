"""The figures of notebook 01: tiles, lines over the depth of a network, bars in groups, a chart of choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from data.plots import COLOURS, MARKERS

HATCHES = ("", "//", "..", "xx")
"""One pattern a colour, so that no bar is told from another by colour alone."""


def tiles(images: ArrayLike, title: str, columns: int = 16) -> Figure:
    """Return small pictures close together in rows of ``columns``, without titles of their own.

    Images have shape (n, height, width, 3) and hold 0 to 255.
    """
    pictures = np.clip(np.asarray(images), 0, 255).astype(np.uint8)
    rows = -(-len(pictures) // columns)
    figure = Figure(figsize=(0.55 * columns, 0.55 * rows + 0.45), layout="constrained")
    figure.suptitle(title)
    panels = figure.subplots(rows, columns, squeeze=False).ravel()
    for panel in panels:
        panel.axis("off")
    for panel, picture in zip(panels, pictures, strict=False):
        panel.imshow(picture, interpolation="nearest")
    return figure


def lines(
    places: Sequence[str],
    series: Mapping[str, Sequence[float]],
    title: str,
    labels: tuple[str, str],
    mark: tuple[str, float] | None = None,
) -> Figure:
    """Return one line a series over named places in order, such as the blocks of a network.

    ``labels`` name the two axes; ``mark`` is the name and height of a line across, such as chance. Raises
    ValueError when a series has not one value for each place.
    """
    figure = Figure(figsize=(8, 4), layout="constrained")
    panel = figure.subplots()
    for number, (name, values) in enumerate(series.items()):
        if len(values) != len(places):
            raise ValueError(f"{name!r} has {len(values)} values for {len(places)} places.")
        colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
        panel.plot(range(len(places)), list(values), color=colour, marker=marker, label=name)
    panel.set_xticks(range(len(places)), list(places))
    panel.set(title=title, xlabel=labels[0], ylabel=labels[1])
    panel.grid(alpha=0.3)
    if mark is not None:
        panel.axhline(mark[1], color=COLOURS[4], linestyle="--", label=mark[0])
    panel.legend(fontsize=8)
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def groups(values: Mapping[str, Mapping[str, float]], title: str, label: str) -> Figure:
    """Return horizontal bars in groups: group -> bar -> value, the same bars in each group.

    Raises ValueError when two groups differ in their bars.
    """
    bars = list(next(iter(values.values())))
    if any(list(group) != bars for group in values.values()):
        raise ValueError(f"Each group needs the bars {', '.join(bars)}, in this order.")
    height = 0.8 / len(bars)
    figure = Figure(figsize=(8, (0.28 * len(bars) + 0.25) * len(values) + 1.4), layout="constrained")
    panel = figure.subplots()
    for number, bar in enumerate(bars):
        places = [row + (number - (len(bars) - 1) / 2) * height for row in range(len(values))]
        drawn = panel.barh(
            places,
            [group[bar] for group in values.values()],
            height=height,
            color=COLOURS[number % len(COLOURS)],
            hatch=HATCHES[number % len(HATCHES)],
            edgecolor="white",
            label=bar,
        )
        panel.bar_label(drawn, fmt="%.2g", padding=3, fontsize=8)
    panel.set_yticks(range(len(values)), list(values))
    panel.invert_yaxis()
    panel.margins(x=0.1)
    panel.set(title=title, xlabel=label)
    figure.legend(*panel.get_legend_handles_labels(), loc="outside lower center", ncols=len(bars), fontsize=8)
    panel.spines[["top", "right"]].set_visible(False)
    return figure


def choices(
    cells: Sequence[Sequence[str]], title: str, labels: tuple[str, str], ends: Sequence[Sequence[str]]
) -> Figure:
    """Return a chart of fields with a text in each, two by two, the first row at the top.

    ``labels`` name the two axes, ``ends`` the two ends of each axis: of the horizontal one from left to right,
    of the vertical one from bottom to top. Raises ValueError when there are not two rows of two texts.
    """
    if [len(row) for row in cells] != [2, 2]:
        raise ValueError("The chart takes two rows of two texts.")
    figure = Figure(figsize=(9, 4.6), layout="constrained")
    panel = figure.subplots()
    for number, text in enumerate(text for row in cells for text in row):
        left, bottom = number % 2, 1 - number // 2
        panel.axvspan(left, left + 1, bottom / 2, (bottom + 1) / 2, color=COLOURS[number], alpha=0.22, linewidth=0)
        panel.text(left + 0.5, bottom + 0.5, text, ha="center", va="center", fontsize=10)
    panel.set(xlim=(0, 2), ylim=(0, 2), title=title, xlabel=labels[0], ylabel=labels[1])
    panel.set_xticks([0.5, 1.5], list(ends[0]))
    panel.set_yticks([0.5, 1.5], list(ends[1]), rotation=90, va="center")
    panel.axvline(1, color="white", linewidth=3)
    panel.axhline(1, color="white", linewidth=3)
    panel.tick_params(length=0)
    return figure
