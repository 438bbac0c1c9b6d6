"""The figures of notebook 03: phases join, strips show each layer's state, rates stand on axes by ratio."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from data import tuning

FIRST = {
    "loss": [2.0, 1.0, 0.5],
    "accuracy": [0.2, 0.5, 0.7],
    "val_loss": [2.1, 1.3, 1.0],
    "val_accuracy": [0.2, 0.4, 0.6],
}
SECOND = {"loss": [0.4, 0.3], "accuracy": [0.8, 0.9], "val_loss": [0.9, 0.8], "val_accuracy": [0.6, 0.7]}


def test_a_second_phase_goes_on_where_the_first_has_ended() -> None:
    figure = tuning.phases(FIRST, {"tuned": SECOND, "head alone": SECOND}, "Two phases")
    assert figure.get_suptitle() == "Two phases"
    for panel, metric in zip(figure.axes, ("loss", "accuracy"), strict=True):
        assert (panel.get_xlabel(), panel.get_ylabel()) == ("epoch", metric)
        drawn = {line.get_label(): line for line in panel.lines}
        assert list(drawn["first phase, validation"].get_xdata()) == [1, 2, 3]
        assert list(drawn["tuned, validation"].get_xdata()) == [3, 4, 5]
        assert list(drawn["tuned, training"].get_ydata()) == [FIRST[metric][-1], *SECOND[metric]]
        assert list(drawn["fine-tuning begins"].get_xdata()) == [3, 3]


def test_training_is_dashed_and_each_way_has_its_colour_and_marker() -> None:
    panel = tuning.phases(FIRST, {"tuned": SECOND, "head alone": SECOND}, "Two phases").axes[0]
    drawn = {str(line.get_label()): line for line in panel.lines}
    assert {line.get_linestyle() for name, line in drawn.items() if name.endswith("training")} == {"--"}
    assert {line.get_linestyle() for name, line in drawn.items() if name.endswith("validation")} == {"-"}
    assert len({line.get_color() for name, line in drawn.items() if name.endswith("validation")}) == 3
    assert len({line.get_marker() for name, line in drawn.items() if name.endswith("validation")}) == 3


def test_strips_hold_a_field_for_each_layer_in_the_order_given() -> None:
    figure = tuning.layers({"2 frozen": [0, 1, 2], "1 frozen": [0, 2, 2]}, {"stem": 0, "stage 2": 1}, "What moved")
    panel = figure.axes[0]
    assert (panel.get_title(), panel.get_xlabel()) == ("What moved", "number of the layer")
    np.testing.assert_array_equal(panel.images[0].get_array(), [[0, 1, 2], [0, 2, 2]])
    assert [text.get_text() for text in panel.get_yticklabels()] == ["2 frozen", "1 frozen"]
    assert [text.get_text() for text in panel.texts] == ["stem", "stage 2"]


def test_the_legend_of_the_strips_has_the_shades_of_the_fields() -> None:
    figure = tuning.layers({"2 frozen": [0, 1, 2]}, {}, "What moved")
    image = figure.axes[0].images[0]
    shown = [to_hex(image.cmap(image.norm(state))) for state in range(3)]
    assert [to_hex(patch.get_facecolor()) for patch in figure.legends[0].get_patches()] == shown
    assert [text.get_text() for text in figure.legends[0].get_texts()] == list(tuning.STATES)
    assert len(set(shown)) == 3


def test_strips_of_unlike_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"these have \[1, 2\]"):
        tuning.layers({"a": [0], "b": [0, 1]}, {}, "What moved")


def test_rates_stand_on_axes_by_ratio_with_the_start_marked() -> None:
    figure = tuning.rates(
        [1e-3, 1e-5], {"kernels": [0.1, 0.001]}, {"target": [0.5, 0.8], "source": [0.2, 0.8]}, {"target": 0.7}, "Rates"
    )
    left, right = figure.axes
    assert (left.get_xscale(), left.get_yscale(), right.get_xscale(), right.get_yscale()) == (
        "log",
        "log",
        "log",
        "linear",
    )
    assert all(
        panel.get_title() and panel.get_xlabel() == "learning rate" and panel.get_ylabel() for panel in figure.axes
    )
    assert [text.get_text() for text in right.get_legend().get_texts()] == ["target", "target, before", "source"]
    assert list(left.lines[0].get_ydata()) == [0.1, 0.001]
    assert list(right.lines[1].get_ydata()) == [0.7, 0.7]


def test_the_legends_of_the_rates_lie_below_their_panels() -> None:
    figure = tuning.rates([1e-3, 1e-5], {"kernels": [0.1, 0.001]}, {"target": [0.5, 0.8]}, {"target": 0.7}, "Rates")
    figure.draw_without_rendering()
    for panel in figure.axes:
        legend = panel.get_legend().get_window_extent()
        assert figure.bbox.y0 <= legend.y0
        assert legend.y1 <= panel.xaxis.label.get_window_extent().y0
