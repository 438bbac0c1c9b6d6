from __future__ import annotations

import argparse

import pytest

from grader.errors import GraderError
from grader.parameters import limit, names_and_values, of_exercise, require_exercises, whole
from grader.records import Json


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("EPOCHS=1", ("EPOCHS", 1)),
        ("RATE=1e-3", ("RATE", 0.001)),
        ("QUICK=true", ("QUICK", True)),
        ("NAME=VGG16", ("NAME", "VGG16")),
        ("A=b=c", ("A", "b=c")),
        ("EMPTY=", ("EMPTY", "")),
        ("05_regularization:EPOCHS=2", ("05_regularization:EPOCHS", 2)),
        ("A=b:c", ("A", "b:c")),
    ],
)
def test_when_a_parameter_is_given_then_its_value_is_read_as_json_or_text(text: str, pair: tuple[str, Json]) -> None:
    assert names_and_values(text) == pair


@pytest.mark.parametrize("text", ["EPOCHS", "=1", "1A=2", "a b=2", ":A=1", "05_regularization:=1", "A:1B=2"])
def test_when_a_parameter_has_no_name_then_it_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="NAME=VALUE"):
        names_and_values(text)


@pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "x", ""])
def test_when_a_limit_is_no_number_above_zero_then_it_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no number above 0"):
        limit(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "", "²", "99999"])
def test_when_jobs_are_no_whole_number_then_they_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="no whole number"):
        whole(text)


def test_when_values_are_right_then_they_are_numbers() -> None:
    assert (limit("2.5"), whole("4")) == (2.5, 4)


def test_a_parameter_for_one_exercise_goes_before_that_for_all() -> None:
    parameters = {"05_b:EPOCHS": 20, "EPOCHS": 4, "SEED": 7}
    assert of_exercise(parameters, "05_b") == {"EPOCHS": 20, "SEED": 7}
    assert of_exercise(parameters, "01_a") == {"EPOCHS": 4, "SEED": 7}
    assert of_exercise(parameters, "05") == {"EPOCHS": 4, "SEED": 7}


def test_a_parameter_for_an_unknown_exercise_is_refused() -> None:
    require_exercises({"05_b:EPOCHS": 20, "EPOCHS": 4}, ("01_a", "05_b"))
    with pytest.raises(GraderError, match="The parameter EPOCHS is for 5_b, but the exercises are 01_a, 05_b"):
        require_exercises({"5_b:EPOCHS": 20}, ("01_a", "05_b"))
