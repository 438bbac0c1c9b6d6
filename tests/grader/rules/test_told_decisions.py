"""What a student tells of a threshold is compared with what it does, and a known mistake is called by its name."""

from __future__ import annotations

import pytest

from grader.measures import PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.told_decisions import ToldDecisions

from ..made import model

# Two of three defects are found at 0.35, and two of five sound ones stopped.
FACTS = PredictionFacts(
    (0, 0, 0, 0, 0, 1, 1, 1),
    ((0.9, 0.1), (0.8, 0.2), (0.7, 0.3), (0.6, 0.4), (0.4, 0.6), (0.6, 0.4), (0.1, 0.9), (0.95, 0.05)),
)
RIGHT: dict[str, Json] = {"recall": 2 / 3, "false_alarms": 0.4, "cost": (8 + 2) / 8}


def judge(told: Json, threshold: Json = 0.35) -> Verdict:
    measured = {Predictions("model", "test"): FACTS}
    values = {"told": told, "threshold": threshold}
    task = TaskEvidence("t", models={"model": model()}, values=values, measured=measured)
    return ToldDecisions("told", "threshold", "model", "test", 8, 1).judge(task, Evidence({}))


def test_what_the_threshold_does_is_right() -> None:
    verdict = judge(RIGHT)
    assert verdict.share == 1
    assert verdict.found == (
        "`told`[recall] is 0.6667, which is right; `told`[false_alarms] is 0.4, which is right; "
        "`told`[cost] is 1.25, which is right"
    )


def test_rounding_to_two_digits_is_near_enough() -> None:
    assert judge({"recall": 0.67, "false_alarms": 0.4, "cost": 1.25, "accuracy": 0.6}).share == 1


def test_an_image_at_the_threshold_may_fall_on_either_side() -> None:
    above = {"recall": 1 / 3, "false_alarms": 0.2, "cost": (16 + 1) / 8}
    assert judge(RIGHT, 0.4).share == judge(above, 0.4).share == 1


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("recall", 0.6, "that is the share of the sound ones that pass"),
        ("recall", 0.5, "that is the precision"),
        ("recall", 0.625, "that is the accuracy"),
        ("recall", 0.3333, "that is the share of the defects that are missed"),
        ("false_alarms", 0.6, "that is the share of the sound ones that pass"),
        ("false_alarms", 0.25, "that is a share of all images, and not of the sound ones"),
        ("false_alarms", 0.5, "that is the share of sound ones among those stopped"),
        ("false_alarms", 2, "that is the number of those stopped"),
        ("cost", 10, "that is the cost of all images together"),
        ("cost", 8 / 3 + 0.4, "that adds shares of two wholes, as if half of the images were defects"),
        ("cost", 17 / 8, "the two costs are swapped"),
        ("cost", 26 / 8, "that takes sound ones for defects, and defects for sound ones"),
        ("recall", 0.97, "which is not right"),
        ("cost", "1.25", "is no number"),
    ],
)
def test_a_wrong_number_costs_its_share_and_a_known_mistake_is_named(key: str, value: Json, said: str) -> None:
    verdict = judge({**RIGHT, key: value})
    assert verdict.share == pytest.approx(2 / 3)
    assert said in verdict.found


@pytest.mark.parametrize("told", [[], "text", 3, {}, None])
def test_what_is_no_table_earns_nothing(told: Json) -> None:
    assert judge(told).share == 0


def test_without_a_threshold_there_is_nothing_to_compare() -> None:
    with pytest.raises(UnusableError, match="`threshold` must be one number from 0 to 1"):
        judge(RIGHT, "half")


def test_costs_that_decide_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="give two costs above 0"):
        ToldDecisions("told", "threshold", "model", "test", 0, 1)
