"""The questions that mark themselves: right, wrong and missing answers get the line that they deserve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import nbformat
import numpy as np
import pytest

from data import pretrained
from tests.variants import COURSE

SEPARABLE, ORDINARY = 266_752, 2_359_296
RIGHT = {"frozen base": 5_130, "block 5 thawed": 7_084_554}
BIASES = {"frozen base": 10, "block 5 thawed": 1_546}


@pytest.fixture
def mark() -> Callable[..., list[str]]:
    notebook = nbformat.read(COURSE / "notebooks" / "01_concepts.ipynb", as_version=4)
    (source,) = (cell.source for cell in notebook.cells if cell.id == "mark")
    names: dict[str, Any] = {}
    exec(compile(source, "mark", "exec"), names)  # the course's own cell
    found: Callable[..., list[str]] = names["mark"]
    return found


def test_right_answers_are_right(mark: Callable[..., list[str]]) -> None:
    assert mark(dict(RIGHT), RIGHT, BIASES) == ["frozen base: right", "block 5 thawed: right"]


def test_forgotten_biases_are_named(mark: Callable[..., list[str]]) -> None:
    given = {plan: RIGHT[plan] - BIASES[plan] for plan in RIGHT}
    assert all("not yet" in line and "forget the biases" in line for line in mark(given, RIGHT, BIASES))


def test_other_answers_are_not_right(mark: Callable[..., list[str]]) -> None:
    lines = mark({"frozen base": 0, "block 5 thawed": 7_084_553}, RIGHT, BIASES)
    assert all("not yet: inputs times outputs" in line for line in lines)


def test_a_missing_answer_is_no_error(mark: Callable[..., list[str]]) -> None:
    assert all("no answer yet" in line for line in mark(dict.fromkeys(RIGHT), RIGHT, BIASES))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("None", "No answer yet: put your number in place of None."),
        ("(3 * 3 * 3 + 1) * 64", "Right."),
        ("3 * 3 * 3 * 64", "Not yet: the bias of each filter is missing."),
        ("3 * 3 * 64", "Not yet: the weights of one filter, plus its bias, times the filters."),
    ],
)
def test_notebook_02_asks_for_the_parameters_of_a_convolution(
    given: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(COURSE / "notebooks" / "02_vgg16_feature_extraction.ipynb", as_version=4)
    (source,) = (cell.source for cell in notebook.cells if cell.id == "question-1")
    first = keras.layers.Conv2D(64, 3, name="block1_conv1")
    answered = source.replace("answer = None", f"answer = {given}", 1)
    exec(compile(answered, "question-1", "exec"), {"base": keras.Sequential([keras.Input((8, 8, 3)), first])})
    assert capsys.readouterr().out == f"{said}\n"


STAGE_5, CHANNELS = 14_976_000, 11_264


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "No answer yet: put your number into the cell above."),
        (STAGE_5, "Right."),
        (STAGE_5 - CHANNELS, "Not yet: the biases are missing."),
        (STAGE_5 - 2 * CHANNELS, "Not yet: the two numbers a channel of BatchNormalization are missing."),
        (STAGE_5 + 2 * CHANNELS, "Not yet: the moving statistics are weights, but fit does not train them."),
        (STAGE_5 - 2_103_296, "Not yet: the first block has a convolution in its shortcut, too."),
        (23_587_712, "Not yet: inputs times outputs times places of the kernel, for each convolution;"),
    ],
)
def test_notebook_03_asks_for_the_parameters_of_a_stage(
    answer: int | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(COURSE / "notebooks" / "03_resnet50_fine_tuning.ipynb", as_version=4)
    names: dict[str, Any] = {"answer": answer}
    for cell in notebook.cells:
        if cell.id in ("check", "count"):
            exec(compile(cell.source, cell.id, "exec"), names)  # the course's own cells
    assert names["stage5"] == STAGE_5
    assert capsys.readouterr().out.startswith(said)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "No answer yet: put your number into the cell above."),
        (SEPARABLE, "Right."),
        (ORDINARY, "Not yet: that is an ordinary convolution, which mixes the channels at each of the nine places."),
        (SEPARABLE + 1_024, "Not yet: there are no biases."),
        (SEPARABLE - 4_608, "Not yet: the depthwise filters are missing."),
        (4_608, "Not yet: the pointwise convolution is missing."),
        (SEPARABLE - 4_599, "Not yet: each channel has a filter of its own."),
        (0, "Not yet: nine weights a channel for the places, then one weight for each pair of channels."),
    ],
)
def test_notebook_04_asks_for_the_weights_of_a_separable_convolution(
    answer: int | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(COURSE / "notebooks" / "04_mobilenet_swap.ipynb", as_version=4)
    names: dict[str, Any] = {"answer": answer}
    for cell in notebook.cells:
        if cell.id in ("check", "count"):
            exec(compile(cell.source, cell.id, "exec"), names)  # the course's own cells
    assert capsys.readouterr().out.splitlines()[0] == said


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "No answer yet: put your number into the cell above."),
        (1 / 11, "Right."),
        (0.091, "Right."),
        (0.1, "Not yet: an alarm costs something only if the piece is sound, so 1 - p times 1, and not 1."),
        (0.5, "Not yet: that would be right if both errors cost the same."),
        (10 / 11, "Not yet: this is the probability that the piece is sound."),
        (0.12, "Not yet: how frequent defects are is in p already."),
        (0.3, "Not yet: set the two expected costs equal, p times the one and 1 - p times the other."),
    ],
)
def test_notebook_06_asks_for_the_probability_from_which_an_alarm_pays(
    answer: float | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = nbformat.read(COURSE / "notebooks" / "06_quality_control.ipynb", as_version=4)
    names: dict[str, Any] = {"answer": answer, "np": np}
    for cell in notebook.cells:
        if cell.id in ("parameters", "check", "break-even"):
            exec(compile(cell.source, cell.id, "exec"), names)  # the course's own cells
    assert capsys.readouterr().out.splitlines()[0] == said


def test_exercise_04_tells_how_large_the_weights_are_that_a_gradient_can_move() -> None:
    notebook = nbformat.read(COURSE / "exercises" / "04_learning_rates.ipynb", as_version=4)
    (text,) = (cell.source for cell in notebook.cells if cell.id == "task-high")
    learned = [array for path, array in pretrained.arrays("ResNet50").items() if "moving" not in path]
    squares = sum(float(np.square(array, dtype="float64").sum()) for array in learned)
    size = np.sqrt(squares / sum(array.size for array in learned))
    assert f"about {size:.2f} in size (the root of their mean square)" in text
