"""The figures of notebook 06."""

import pytest

from data import inspection


def test_curves_have_their_names_their_points_and_their_levels() -> None:
    series = {"a": ([0, 1], [0, 1]), "b": ([0, 0.5, 1], [0, 1, 1])}
    figure = inspection.curves(series, "Title", ("x", "y"), {"here": (0.5, 0.5)}, {"nothing": 0.2, "all": 0.4})
    panel = figure.axes[0]
    assert (panel.get_title(), panel.get_xlabel(), panel.get_ylabel()) == ("Title", "x", "y")
    assert [text.get_text() for text in panel.get_legend().get_texts()] == ["a", "b", "nothing", "all", "here"]
    first, second = panel.lines[:2]
    assert first.get_linestyle() != second.get_linestyle()
    assert list(second.get_xdata()) == [0, 0.5, 1]


def test_a_line_needs_a_height_for_each_place() -> None:
    with pytest.raises(ValueError, match="2 places and 1 heights"):
        inspection.curves({"a": ([0, 1], [0])}, "Title", ("x", "y"))


def test_rankings_have_a_row_each_the_first_one_on_top() -> None:
    panel = inspection.rankings({"pixels": (0.5, 0.04), "course": (0.7, 0.03)}, "Title").axes[0]
    assert [tick.get_text() for tick in panel.get_yticklabels()] == ["pixels", "course"]
    assert [text.get_text() for text in panel.texts] == ["0.50", "0.70"]
    assert panel.get_ylim()[0] > panel.get_ylim()[1]


def test_values_are_told_in_words_one_by_one_or_in_groups() -> None:
    assert inspection.told({"at random": 0.14, "by kind": 0.0}, ".0%") == "at random: 14%; by kind: 0%"
    assert (
        inspection.told({"mean": {0.4: 0.5, 1: 0.25}, "best": {"x": 1}}, ".2f")
        == "mean: 0.4 0.50, 1 0.25; best: x 1.00"
    )
    assert inspection.told({}, ".2f") == ""
