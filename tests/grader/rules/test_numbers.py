"""Numbers are compared with what the grader works out; what a student types earns nothing unless it is right."""

from __future__ import annotations

import pytest

from grader.measures import Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.numbers import Between, Choice, ReportedNumbers, Rising, Told, number_at

from ..made import model, predicted

NONE = Evidence({})
COUNTS = ("backbone_trainable(ResNet50, 50)", "backbone_trainable(ResNet50, 100)", "backbone_trainable(ResNet50, 150)")


def task(value: Json = None, **correct: int) -> TaskEvidence:
    """Models by name with so many of 100 images right, and one exported value."""
    measured = {Predictions(name, "fresh"): predicted(100, right) for name, right in correct.items()}
    values = {} if value is None else {"told": value}
    return TaskEvidence("t", models=dict.fromkeys(correct, model()), values=values, measured=measured)


@pytest.mark.parametrize(("right", "share"), [(70, 1), (69, 0), (100, 0), (90, 1)])
def test_a_quantity_lies_between_its_bounds(right: int, share: float) -> None:
    verdict = Between("accuracy(model, fresh)", 0.7, 0.9).judge(task(model=right), NONE)
    assert (verdict.share, verdict.expected) == (share, "accuracy(model, fresh) from 0.7 to 0.9")


def test_bounds_that_say_nothing_and_unknown_quantities_are_refused() -> None:
    with pytest.raises(ValueError, match="at_least and at_most are both missing"):
        Between("accuracy(model, fresh)")
    with pytest.raises(ValueError, match="there is accuracy"):
        Between("acuracy(model, fresh)", 0.5)
    with pytest.raises(ValueError, match="fewer than two"):
        Rising(("accuracy(model, fresh)",))


@pytest.mark.parametrize(
    ("slow", "fast", "factor", "difference", "share"),
    [
        (10, 30, 1.0, 0.0, 1),
        (30, 10, 1.0, 0.0, 0),
        (10, 10, 1.0, 0.0, 0),
        (10, 30, 3.0, 0.0, 1),
        (10, 29, 3.0, 0.0, 0),
        (10, 30, 1.0, 0.25, 0),
    ],
)
def test_quantities_rise(slow: int, fast: int, factor: float, difference: float, share: float) -> None:
    rule = Rising(("accuracy(slow, fresh)", "accuracy(fast, fresh)"), factor, difference)
    verdict = rule.judge(task(slow=slow, fast=fast), NONE)
    assert verdict.share == share
    assert verdict.found == f"accuracy(slow, fresh) is {slow / 100:.4g}, accuracy(fast, fresh) is {fast / 100:.4g}"


def told(value: Json) -> Verdict:
    return Told("told", COUNTS, ("50", "100", "150")).judge(task(value), NONE)


def test_predicted_counts_are_compared_with_the_recomputed_ones() -> None:
    assert told({"50": 22_927_104, "100": 19_452_928, "150": 9_990_144}).share == 1
    verdict = told({"50": 22_927_104, "100": 19_452_929, "150": "many"})
    assert verdict.share == pytest.approx(1 / 3)
    assert verdict.found == (
        "`told`[50] is 22,927,104, which is right, `told`[100] is 19,452,929, which is not right, "
        "`told`[150] is no number"
    )
    assert "19,452,928" not in verdict.found + verdict.expected


@pytest.mark.parametrize("value", [[], {}, "text", 3, True, [[1]], {"50": {"x": 1}}, {"50": True}, {"50": "nan"}])
def test_other_values_earn_nothing(value: Json) -> None:
    assert told(value).share == 0


def test_a_change_of_accuracy_is_compared_within_a_tolerance() -> None:
    rule = Told("told", ("accuracy(deep, fresh) - accuracy(plain, fresh)",), within=0.005)
    assert rule.judge(task(0.104, deep=70, plain=60), NONE).share == 1
    assert rule.judge(task(0.11, deep=70, plain=60), NONE).share == 0
    assert rule.judge(task(-0.1, deep=70, plain=60), NONE).share == 0
    with pytest.raises(UnusableError, match="`told` is no number"):
        rule.judge(task(deep=70, plain=60), NONE)


def test_keys_go_with_quantities() -> None:
    with pytest.raises(ValueError, match="keys has 1 entries and quantities 2"):
        Told("told", COUNTS[:2], ("50",))


TABLE: list[Json] = [{"backbone": "VGG16", "parameters": 3}, {"backbone": "MobileNet", "parameters": 4.5}]


@pytest.mark.parametrize(
    ("value", "key", "number"),
    [
        (3, "", 3.0),
        ({"a": {"b": 2}}, "a.b", 2.0),
        (TABLE, "MobileNet.parameters", 4.5),
        (TABLE, "ResNet50.parameters", None),
        ({"shape": [], "dtype": "float32", "values": 0.5}, "", 0.5),
        (True, "", None),
        ("3", "", None),
        ({"a": 10**310}, "b", None),
    ],
)
def test_a_number_is_found_at_its_place(value: Json, key: str, number: float | None) -> None:
    assert number_at(value, key) == number


def test_reported_numbers_are_only_reported() -> None:
    rule = ReportedNumbers("told", ("VGG16.seconds", "MobileNet.seconds"), at_least=0.01)
    verdict = rule.judge(task({"VGG16": {"seconds": 12.5}, "MobileNet": {"seconds": 0}}), NONE)
    assert (rule.kind, verdict.share) == ("reported", 0.5)
    assert verdict.found == "`told`[VGG16.seconds] is 12.5, `told`[MobileNet.seconds] is 0"


CHOICE = Choice("told", ("a", "b", "c"), ("b",))


@pytest.mark.parametrize(("value", "share"), [("b", 1), (" B ", 1), ("a", 0), ("d", 0), (2, 0), (["b"], 0), ("abc", 0)])
def test_one_answer_of_several_is_right(value: Json, share: float) -> None:
    verdict = CHOICE.judge(task(value), NONE)
    assert (verdict.share, verdict.expected) == (share, "the right one of a, b, c")


def test_choices_that_decide_nothing_are_refused() -> None:
    for accepted in ((), ("d",), ("a", "b", "c")):
        with pytest.raises(ValueError, match="some, but not all"):
            Choice("told", ("a", "b", "c"), accepted)
