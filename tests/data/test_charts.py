"""The figures of notebook 01: what is given is drawn, labelled, and told apart by more than colour."""

import itertools

import numpy as np
import pytest
from matplotlib.figure import Figure

from data import charts


def _figures() -> dict[str, Figure]:
    return {
        "tiles": charts.tiles(np.zeros((5, 3, 3, 3)), "Filters", columns=4),
        "lines": charts.lines(
            ["1", "2"], {"a": [0.1, 0.2], "b": [0.3, 0.1]}, "Depth", ("block", "accuracy"), ("chance", 0.1)
        ),
        "groups": charts.groups({"near": {"a": 1.0, "b": 2.0}, "far": {"a": 3.0, "b": 4.0}}, "Targets", "accuracy"),
        "choices": charts.choices(
            [["one", "two"], ["three", "four"]], "Choices", ("data", "likeness"), [["few", "many"], ["far", "near"]]
        ),
    }


@pytest.mark.parametrize("name", ["tiles", "lines", "groups", "choices"])
def test_every_figure_has_a_title_and_labelled_axes(name: str) -> None:
    figure = _figures()[name]
    assert figure.get_suptitle() or figure.axes[0].get_title()
    for panel in figure.axes:
        named = panel.get_ylabel() or [label for label in panel.get_yticklabels() if label.get_text()]
        assert not panel.axison or (panel.get_xlabel() and named)


def test_tiles_show_each_picture_and_leave_the_rest_empty() -> None:
    panels = _figures()["tiles"].axes
    assert [len(panel.images) for panel in panels] == [1] * 5 + [0] * 3


def test_tiles_cut_values_off_at_0_and_255() -> None:
    figure = charts.tiles(np.array([[[[300.0, 128.0, -3.0]]]]), "One", columns=1)
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), [[[255, 128, 0]]])


def test_lines_run_over_the_places_in_order_with_a_marker_and_a_colour_each() -> None:
    panel = _figures()["lines"].axes[0]
    drawn = panel.lines[:2]
    assert [list(line.get_ydata()) for line in drawn] == [[0.1, 0.2], [0.3, 0.1]]
    assert len({line.get_marker() for line in drawn}) == len({line.get_color() for line in drawn}) == 2
    assert [text.get_text() for text in panel.get_xticklabels()] == ["1", "2"]
    assert [text.get_text() for text in panel.get_legend().get_texts()] == ["a", "b", "chance"]


def test_a_line_with_a_value_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' has 1 values for 2 places"):
        charts.lines(["1", "2"], {"a": [0.1]}, "Depth", ("block", "accuracy"))


def test_groups_draw_every_value_once_and_tell_the_bars_apart_by_pattern_too() -> None:
    panel = _figures()["groups"].axes[0]
    assert [[bar.get_width() for bar in bars] for bars in panel.containers] == [[1.0, 3.0], [2.0, 4.0]]
    assert len({bars[0].get_hatch() for bars in panel.containers}) == 2
    spans = sorted((bar.get_y(), bar.get_y() + bar.get_height()) for bars in panel.containers for bar in bars)
    assert all(below[1] <= above[0] + 1e-9 for below, above in itertools.pairwise(spans))


def test_groups_with_unlike_bars_are_refused() -> None:
    with pytest.raises(ValueError, match="bars a, b"):
        charts.groups({"near": {"a": 1.0, "b": 2.0}, "far": {"b": 3.0, "a": 4.0}}, "Targets", "accuracy")


def test_choices_put_the_first_row_at_the_top() -> None:
    panel = _figures()["choices"].axes[0]
    places = {text.get_text(): text.get_position() for text in panel.texts}
    assert places == {"one": (0.5, 1.5), "two": (1.5, 1.5), "three": (0.5, 0.5), "four": (1.5, 0.5)}
    assert [text.get_text() for text in panel.get_yticklabels()] == ["far", "near"]


def test_a_chart_of_choices_with_a_field_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="two rows of two"):
        charts.choices([["one", "two"], ["three"]], "Choices", ("a", "b"), [["", ""], ["", ""]])
