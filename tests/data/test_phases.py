"""What notebook 03 shows: phases that join, arrays that moved by one bit, and tensors that cross a cut."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from data import phases

KEYS = ("loss", "accuracy", "val_loss", "val_accuracy")


def history(values: Sequence[float]) -> dict[str, list[float]]:
    return {key: [value + place for value in values] for place, key in enumerate(KEYS)}


def test_the_second_phase_goes_on_where_the_first_ended() -> None:
    figure = phases.joined(history([3, 2, 1]), {"tuned": history([0.5, 0.4])}, "Two phases")
    assert figure.get_suptitle() == "Two phases"
    loss, accuracy = figure.axes
    assert (loss.get_xlabel(), loss.get_ylabel(), accuracy.get_ylabel()) == ("epoch", "loss", "accuracy")
    drawn = {line.get_label(): line for line in loss.lines}
    assert list(drawn["phase one, training"].get_ydata()) == [3, 2, 1]
    assert list(drawn["tuned, training"].get_xdata()) == [3, 4, 5]
    assert list(drawn["tuned, training"].get_ydata()) == [1, 0.5, 0.4]
    assert list(drawn["tuned, validation"].get_ydata()) == [3, 2.5, 2.4]
    assert list(drawn["phase two starts"].get_xdata()) == [3, 3]


def test_ways_are_told_apart_by_more_than_colour() -> None:
    ways = {name: history([1, 1]) for name in ("a", "b")}
    lines = phases.joined(history([1]), ways, "Two ways").axes[0].lines
    shown = [(line.get_color(), line.get_marker(), line.get_linestyle()) for line in lines]
    assert len(set(shown)) == len(shown)
    assert len({line.get_marker() for line in lines if line.get_label().startswith(("a,", "b,"))}) == 2


@pytest.mark.parametrize(("first", "ways"), [({}, {"a": history([1])}), (history([1]), {})])
def test_one_phase_alone_is_refused(first: dict[str, list[float]], ways: dict[str, dict[str, list[float]]]) -> None:
    with pytest.raises(ValueError, match="Two phases are drawn"):
        phases.joined(first, ways, "One phase")


def test_cuts_are_marked_at_their_depth_and_height() -> None:
    figure = phases.cuts({1: 1, 2: 2, 3: 1}, [2, 3], {"stage": 1}, "Cuts")
    (panel,) = figure.axes
    assert panel.get_title() == "Cuts"
    assert (panel.get_xlabel(), panel.get_ylabel()) == ("layers frozen", "tensors that cross")
    assert list(panel.lines[0].get_ydata()) == [1, 2, 1]
    marked = [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in panel.lines[1:3]]
    assert [mark[:2] for mark in marked] == [(2, 2), (3, 1)]
    assert marked[0][2] != marked[1][2]
    assert {"2", "3", "stage"} <= {text.get_text() for text in panel.texts}


def test_a_cut_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no cut at 7 layers"):
        phases.cuts({1: 1}, [7], {}, "Cuts")


def test_one_bit_counts_as_moved_and_the_same_values_do_not() -> None:
    before = [np.zeros(3, np.float32), np.ones((2, 2), np.float32)]
    after = [before[0].copy(), np.nextafter(before[1], np.float32(2))]
    assert [phases.differ(*pair) for pair in zip(before, after, strict=True)] == [False, True]
    assert phases.moved(before, after) == 1
    assert phases.moved(before, before) == 0


def test_arrays_that_have_no_partner_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        phases.moved([np.zeros(1), np.zeros(1)], [np.zeros(1)])


class Layer:
    """As much of a Keras layer as a cut asks for."""

    def __init__(self, name: str, *sources: Layer) -> None:
        self.name, self.output = name, object()
        outputs = [source.output for source in sources]
        self.input = outputs[0] if len(outputs) == 1 else outputs


def a_block_with_a_short_cut() -> list[Layer]:
    first = Layer("in")
    inner = Layer("conv", first)
    outer = Layer("norm", inner)
    added = Layer("add", first, outer)
    return [first, inner, outer, added, Layer("out", added)]


@pytest.mark.parametrize(("depth", "names"), [(1, ["in"]), (2, ["conv", "in"]), (3, ["in", "norm"]), (4, ["add"])])
def test_within_a_block_two_tensors_cross_and_behind_it_one(depth: int, names: list[str]) -> None:
    assert phases.crossing(a_block_with_a_short_cut(), depth) == names


@pytest.mark.parametrize("depth", [0, 5])
def test_a_cut_has_layers_on_both_sides(depth: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        phases.crossing(a_block_with_a_short_cut(), depth)
