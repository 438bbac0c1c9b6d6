"""The figures of the notebooks: titles, labels, colours and words are there, and show() hands the words on."""

import base64
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from data import plots

HISTORY = {"loss": [2.0, 1.0], "val_loss": [2.1, 1.5], "accuracy": [0.1, 0.6], "val_accuracy": [0.1, 0.4]}


def _figures() -> dict[str, Figure]:
    pictures = np.zeros((3, 8, 8, 3), dtype=np.uint8)
    return {
        "grid": plots.grid(pictures, ["cat", "dog", "fish"], "Pictures", columns=2),
        "curves": plots.curves({"flat": HISTORY, "pooled": HISTORY}, "Two heads"),
        "bars": plots.bars({"cached": 0.1, "every epoch": 20.0}, "Time", "seconds", mark=("limit", 5.0)),
        "spread": plots.spread([1, 5, 50], {"a": np.eye(3), "b": np.ones((3, 2))}, "Growth", ("images", "accuracy")),
        "confusion": plots.confusion([[2, 1], [0, 3]], ["cat", "dog"], "Confusion"),
    }


@pytest.mark.parametrize("name", ["grid", "curves", "bars", "spread", "confusion"])
def test_every_figure_has_a_title_and_labelled_axes(name: str) -> None:
    figure = _figures()[name]
    assert figure.get_suptitle() or figure.axes[0].get_title()
    for panel in figure.axes:
        labelled = panel.get_ylabel() and (panel.get_xlabel() or panel.get_label() == "<colorbar>")
        assert labelled or not panel.axison or (name == "bars" and panel.get_xlabel())


def test_a_grid_shows_each_picture_below_its_title_and_hides_what_is_left_over() -> None:
    panels = _figures()["grid"].axes
    assert [panel.get_title() for panel in panels] == ["cat", "dog", "fish", ""]
    assert [len(panel.images) for panel in panels] == [1, 1, 1, 0]


def test_a_grid_takes_floats_from_0_to_255_as_they_are() -> None:
    figure = plots.grid(np.array([[[[255.0, 128.0, -3.0]]]]), ["one"], "Floats", columns=1)
    np.testing.assert_array_equal(figure.axes[0].images[0].get_array(), [[[255, 128, 0]]])


def test_curves_draw_training_dashed_and_validation_solid_in_the_colour_of_their_history() -> None:
    for panel in _figures()["curves"].axes:
        assert [line.get_linestyle() for line in panel.lines] == ["--", "-", "--", "-"]
        assert [line.get_color() for line in panel.lines] == [plots.COLOURS[0]] * 2 + [plots.COLOURS[1]] * 2
        np.testing.assert_array_equal(panel.lines[0].get_xdata(), [1, 2])


def test_no_history_is_told_from_another_by_colour_alone() -> None:
    figure = plots.curves({str(number): HISTORY for number in range(4)}, "Four heads")
    for panel in figure.axes:
        markers = [line.get_marker() for line in panel.lines]
        assert markers[::2] == markers[1::2] == ["", *plots.MARKERS[:3]]


def test_long_histories_have_a_marker_on_every_few_epochs() -> None:
    long = {key: values * 40 for key, values in HISTORY.items()}
    panel = plots.curves({"plain": long, "tuned": long}, "Two heads").axes[0]
    assert [line.get_markevery() for line in panel.lines] == [10] * 4


def test_bars_carry_their_values_and_the_mark() -> None:
    panel = _figures()["bars"].axes[0]
    assert {text.get_text() for text in panel.texts} == {"0.1", "20"}
    assert panel.get_legend().get_texts()[0].get_text() == "limit"


def test_the_line_across_crosses_no_value_out() -> None:
    panel = plots.bars({"far": 0.9, "near": 0.09}, "Accuracy", "accuracy", mark=("chance", 0.1)).axes[0]
    (across,) = panel.lines
    for text in panel.texts:
        assert text.get_zorder() > across.get_zorder()
        assert text.get_bbox_patch().get_facecolor() == (1, 1, 1, 1)


def test_a_spread_draws_the_mean_of_the_runs() -> None:
    lines = _figures()["spread"].axes[0].lines
    np.testing.assert_allclose(lines[0].get_ydata(), [1 / 3] * 3)
    assert lines[0].get_marker() != lines[1].get_marker()


def test_a_confusion_matrix_writes_every_count_but_zero() -> None:
    assert [text.get_text() for text in _figures()["confusion"].axes[0].texts] == ["2", "1", "3"]


@pytest.mark.parametrize(
    "make", [lambda: plots.confusion([[1]], ["cat", "dog"], "Confusion"), lambda: plots.grid([], ["one"], "Grid")]
)
def test_names_that_do_not_fit_are_refused(make: Any) -> None:
    with pytest.raises(ValueError, match=r"names|titles"):
        make()


@pytest.mark.parametrize("name", ["grid", "curves", "bars", "spread", "confusion"])
def test_show_hands_a_png_and_its_words_to_the_notebook(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[Any, dict[str, Any]]] = []
    monkeypatch.setattr(plots, "display", lambda bundle, **options: shown.append((bundle, options)))
    plots.show(_figures()[name], alt="What is to be seen.")
    (bundle, options), *more = shown
    assert not more
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    assert bundle["text/plain"] == "What is to be seen."
    assert options == {"metadata": {"image/png": {"alt": "What is to be seen."}}, "raw": True}


def test_show_refuses_a_figure_without_words() -> None:
    with pytest.raises(ValueError, match="alt is empty"):
        plots.show(_figures()["bars"], alt=" ")
