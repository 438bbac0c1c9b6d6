"""The figures of notebook 04, and the numbers behind the figure of confidence."""

import numpy as np
import pytest

from data import choosing


def test_pictures_are_sorted_by_how_sure_the_model_was() -> None:
    probabilities = [[0.95, 0.05], [0.1, 0.9], [0.05, 0.95], [0.65, 0.35]]
    found = choosing.confidence(probabilities, [0, 0, 1, 1], bins=5)
    assert found.counts.tolist() == [0, 0, 0, 1, 3]
    np.testing.assert_allclose(found.sure[3:], [0.65, 2.8 / 3])
    np.testing.assert_allclose(found.right[3:], [0.0, 2 / 3])
    assert np.isnan(found.sure[:3]).all()
    assert found.gap == pytest.approx((0.65 + 3 * (2.8 - 2) / 3) / 4)


def test_a_model_that_is_certain_falls_into_the_last_bin() -> None:
    found = choosing.confidence([[0.0, 1.0]], [1], bins=4)
    assert found.counts.tolist() == [0, 0, 0, 1]
    assert found.gap == 0


def test_as_often_right_as_sure_is_no_gap() -> None:
    found = choosing.confidence([[0.75, 0.25]] * 4, [0, 0, 0, 1])
    assert found.gap == pytest.approx(0)


def test_confidence_without_pictures_is_refused() -> None:
    with pytest.raises(ValueError, match="Without pictures"):
        choosing.confidence(np.zeros((0, 3)), [])


def test_reliability_draws_the_filled_bins_and_their_numbers() -> None:
    found = choosing.confidence([[0.95, 0.05], [0.9, 0.1], [0.55, 0.45]], [0, 1, 0], bins=2)
    bins = choosing.confidence([[0.95, 0.05], [0.9, 0.1], [0.55, 0.45]], [0, 1, 0], bins=10)
    figure = choosing.reliability({"two": found, "ten": bins}, "How sure, how right")
    panel = figure.axes[0]
    assert panel.get_title() == "How sure, how right"
    assert panel.get_xlabel()
    assert panel.get_ylabel()
    assert [text.get_text() for text in panel.texts] == ["3", "1", "2"]
    assert [text.get_text() for text in panel.get_legend().get_texts()] == ["as often right as sure", "two", "ten"]


def test_a_trade_names_every_point_and_spaces_costs_by_ratio() -> None:
    figure = choosing.trade({"VGG16": (30.0, 0.8), "Net": (3.0, 0.7)}, [0.03, 0.04], "Accuracy and time", "ms")
    panel = figure.axes[0]
    assert (panel.get_title(), panel.get_xlabel(), panel.get_xscale()) == ("Accuracy and time", "ms", "log")
    assert "accuracy" in panel.get_ylabel()
    assert [text.get_text() for text in panel.texts] == ["VGG16", "Net"]
    points = [(line.get_xdata()[0], line.get_ydata()[0]) for line in panel.lines if line.get_marker() in "os"]
    assert points == [(30.0, 0.8), (3.0, 0.7)]


@pytest.mark.parametrize(
    "costs", [(31.1, 37.7, 11.1, 15.8, 7.8), (13.0, 15.5, 4.0, 7.0, 3.0), (30.0, 24.0, 6.0, 5.0, 2.0)]
)
def test_no_name_of_a_trade_touches_an_error_bar_or_another_name(costs: tuple[float, ...]) -> None:
    names = ("VGG16", "ResNet50", "MobileNet", "MobileNetV2", "AlexNet")
    accuracies = (0.805, 0.8, 0.82, 0.78, 0.705)
    points = {name: (cost, value) for name, cost, value in zip(names, costs, accuracies, strict=True)}
    figure = choosing.trade(points, [0.03] * 5, "What accuracy costs", "time for one picture in ms")
    figure.draw_without_rendering()
    panel = figure.axes[0]
    boxes = [text.get_window_extent() for text in panel.texts]
    bars = [bar for collection in panel.collections for bar in collection.get_segments()]
    assert len(bars) == 5
    for number, box in enumerate(boxes):
        assert panel.bbox.containsx(box.x0)
        assert panel.bbox.containsx(box.x1)
        assert not any(box.overlaps(other) for other in boxes[number + 1 :])
        for bar in bars:
            (x, low), (_, high) = panel.transData.transform(bar)
            assert not (box.x0 <= x <= box.x1 and low <= box.y1 and box.y0 <= high)


def test_heats_lie_below_the_pictures_that_they_belong_to() -> None:
    pictures = np.zeros((2, 8, 8, 3), dtype=np.uint8)
    heat = np.stack([np.eye(2), np.ones((2, 2))])
    figure = choosing.heats(pictures, {"late": heat, "early": heat}, ["cat", "dog"], "Where")
    assert figure.get_suptitle() == "Where"
    panels = figure.axes
    assert [panel.get_title() for panel in panels[:2]] == ["cat", "dog"]
    assert [panels[2].get_ylabel(), panels[4].get_ylabel()] == ["late", "early"]
    assert [len(panel.images) for panel in panels[:6]] == [1, 1, 2, 2, 2, 2]
    assert panels[2].images[1].get_array().shape == (8, 8)
    assert panels[6].get_ylabel().startswith("heat")


@pytest.mark.parametrize(("titles", "rows"), [(["a"], [2]), (["a", "b"], [1]), (["a", "b"], [2, 3]), (["a", "b"], [])])
def test_heats_need_a_picture_each(titles: list[str], rows: list[int]) -> None:
    found = {str(count): np.ones((count, 2, 2)) for count in rows}
    with pytest.raises(ValueError, match="2 pictures"):
        choosing.heats(np.zeros((2, 4, 4, 3)), found, titles, "Where")
