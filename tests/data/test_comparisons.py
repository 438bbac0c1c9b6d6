"""The figures that compare models: intervals are Student's, and rows and panels show what they were given."""

import numpy as np
import pytest

from data import comparisons

RUNS = {"plain": [1.0, 2.0, 3.0], "L2": [0.0, 0.0, 0.3]}


@pytest.mark.parametrize("values", [[], [1.0]])
def test_one_measurement_has_no_interval(values: list[float]) -> None:
    with pytest.raises(ValueError, match="alone: an interval needs two"):
        comparisons.intervals({"alone": values}, "Title", "loss", ("none", 0.0))


def test_the_bars_of_an_interval_are_student_s() -> None:
    # By hand: deviation 1, three values, and t = 4.3027 for 97.5 % at two degrees of freedom.
    panel = comparisons.intervals({"plain": [1.0, 2.0, 3.0]}, "Gaps", "loss", ("none", 0.0)).axes[0]
    ((left, right),) = [path.vertices[:, 0] for path in panel.collections[0].get_paths()]
    assert (right - left) / 2 == pytest.approx(4.3027 / np.sqrt(3), rel=1e-4)


def test_intervals_have_a_row_each_with_every_value_the_mean_and_the_mark() -> None:
    figure = comparisons.intervals(RUNS, "Gaps", "loss", ("no difference", 0.0))
    panel = figure.axes[0]
    assert (panel.get_title(), panel.get_xlabel()) == ("Gaps", "loss")
    assert [text.get_text() for text in panel.get_yticklabels()] == ["plain", "L2"]
    circles = [list(line.get_xdata()) for line in panel.lines if line.get_marker() == "o"]
    assert circles == list(RUNS.values())
    means = [list(line.get_xdata()) for line in panel.lines if line.get_marker() == "D"]
    assert means == [[2.0], [pytest.approx(0.1)]]
    assert "no difference" in {text.get_text() for text in figure.legends[0].get_texts()}


def test_rows_run_from_top_to_bottom() -> None:
    low, high = comparisons.intervals(RUNS, "Gaps", "loss", ("none", 0.0)).axes[0].get_ylim()
    assert low > high


def test_histograms_count_every_weight_on_common_bins_around_zero() -> None:
    figure = comparisons.histograms({"a": np.zeros((4, 5)), "b": [-0.2, 0.1]}, "Weights", "weight")
    first, second = figure.axes
    assert [panel.get_title() for panel in figure.axes] == ["a", "b"]
    assert (first.get_ylabel(), first.get_xlabel(), first.get_yscale()) == ("count", "weight", "log")
    counts = [[patch.get_height() for patch in panel.patches] for panel in (first, second)]
    assert [sum(heights) for heights in counts] == [20, 2]
    middle = int(np.argmax(counts[0]))
    assert first.patches[middle].get_x() < 0 < first.patches[middle].get_x() + first.patches[middle].get_width()
    assert first.get_xlim() == second.get_xlim()


def test_weights_that_are_all_zero_can_be_drawn() -> None:
    assert comparisons.histograms({"zero": np.zeros(3)}, "Weights", "weight").axes[0].patches


@pytest.mark.parametrize("nothing", [{}, {"a": []}])
def test_nothing_to_draw_is_refused(nothing: dict[str, list[float]]) -> None:
    with pytest.raises(ValueError, match="at least one array"):
        comparisons.histograms(nothing, "Weights", "weight")
