from __future__ import annotations

import argparse

import pytest

from grader.parameters import limit, names_and_values, whole
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
    ],
)
def test_when_a_parameter_is_given_then_its_value_is_read_as_json_or_text(text: str, pair: tuple[str, Json]) -> None:
    assert names_and_values(text) == pair


@pytest.mark.parametrize("text", ["EPOCHS", "=1", "1A=2", "a b=2"])
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
