"""What a network costs: counted on small networks, timed by their own clock, shown in columns."""

import time

import keras
import numpy as np
import pytest
from keras import layers

from data import measuring


def small() -> keras.Model:
    return keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.Flatten(), layers.Dense(2)])


def test_the_first_call_counts_apart() -> None:
    given: list[int] = []

    def slow_at_first(number: int) -> None:
        if not given:
            time.sleep(0.05)
        given.append(number)

    found = measuring.times(slow_at_first, 7, repeats=3)
    assert given == [7] * 4
    assert len(found.later) == 3
    assert found.first >= 0.05
    assert found.first > found.typical


def test_a_call_that_was_held_up_does_not_change_the_typical_time() -> None:
    assert measuring.Times(9.0, (1.0, 500.0, 1.5)).typical == 1.5


def test_a_time_without_repeats_is_refused() -> None:
    with pytest.raises(ValueError, match="one repeat at least"):
        measuring.times(abs, 1, repeats=0)


def test_maps_are_counted_for_one_picture_the_picture_included() -> None:
    inputs = keras.Input((8, 8, 3))
    network = keras.Model(inputs, layers.ReLU()(layers.Conv2D(4, 3)(inputs)))
    assert measuring.map_bytes(network) == 4 * (8 * 8 * 3 + 2 * 6 * 6 * 4)


def test_a_file_holds_four_bytes_a_parameter_and_little_else() -> None:
    model = keras.Sequential([keras.Input((200,)), layers.Dense(500)])
    assert 4 * model.count_params() < measuring.file_bytes(model) < 4 * model.count_params() + 50_000


def test_a_model_keeps_its_weights_when_its_file_is_measured() -> None:
    model = small()
    before = model.get_weights()
    measuring.file_bytes(model)
    for one, other in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_table_has_its_columns_below_one_another() -> None:
    rows = {"VGG16": {"million": "14.7", "ms": "30"}, "Net": {"million": "2", "ms": "1,234"}}
    assert measuring.table(rows) == "\n".join(
        [
            "       million     ms",
            "VGG16     14.7     30",
            "Net          2  1,234",
        ]
    )


@pytest.mark.parametrize("rows", [{}, {"a": {}}, {"a": {"x": "1"}, "b": {"y": "1"}}, {"a": {"x": "1"}, "b": {}}])
def test_rows_of_unlike_columns_are_refused(rows: dict[str, dict[str, str]]) -> None:
    with pytest.raises(ValueError, match="Each row needs the columns"):
        measuring.table(rows)
