"""A threshold is judged by what it does with the probabilities that the grader gets from the same model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.measures import PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError, Verdict
from grader.rules.decisions import Cost, Decisions, Recall, Saving, decisions, is_swapped

from ..made import model

NONE = Evidence({})
FACTS = PredictionFacts((0, 0, 0, 0, 1, 1), ((0.9, 0.1), (0.8, 0.2), (0.7, 0.3), (0.4, 0.6), (0.6, 0.4), (0.1, 0.9)))
SWAPPED = replace(FACTS, labels=(1, 1, 1, 1, 0, 0))


def task(value: Json, facts: PredictionFacts = FACTS) -> TaskEvidence:
    measured = {Predictions("model", "fresh"): facts}
    return TaskEvidence("t", models={"model": model()}, values={"told": value}, measured=measured)


def recall(threshold: Json, facts: PredictionFacts = FACTS) -> Verdict:
    return Recall("told", "model", "fresh", 0.9).judge(task(threshold, facts), NONE)


def cost(threshold: Json, missed: float = 50, false_alarm: float = 1, within: float = 1.2) -> Verdict:
    return Cost("told", "model", "fresh", missed, false_alarm, within).judge(task(threshold), NONE)


def saving(threshold: Json, facts: PredictionFacts = FACTS) -> Verdict:
    return Saving("told", "model", "fresh", 4, 1, 0.8).judge(task(threshold, facts), NONE)


def test_defects_are_found_and_sound_ones_stopped_from_the_threshold_on() -> None:
    made = decisions(FACTS, 0.4)
    assert made == Decisions(defects=2, found=2, sound=4, stopped=1)
    assert (made.recall, made.false_alarms) == (1, 0.25)
    assert decisions(FACTS, 0.5).cost(missed=50, false_alarm=1) == pytest.approx(51 / 6)
    assert decisions(FACTS, 0) == Decisions(2, 2, 4, 4)
    assert decisions(FACTS, 2) == Decisions(2, 0, 4, 0)


def test_without_images_there_is_nothing_to_divide_by() -> None:
    made = decisions(PredictionFacts((), ()), 0.5)
    assert (made.recall, made.false_alarms, made.cost(8, 1)) == (0, 0, 0)


@pytest.mark.parametrize(("threshold", "share"), [(0.4, 1), (0.5, 0), (0.0, 1), (1, 0)])
def test_recall_is_taken_at_the_threshold(threshold: float, share: float) -> None:
    assert recall(threshold).share == share


def test_recall_tells_what_the_threshold_does() -> None:
    found = "at the threshold 0.5, 1 of 2 defects are found and 1 of 4 sound ones stopped (50.0% of the defects)"
    assert recall(0.5).found == found


def test_a_defect_at_the_threshold_is_found_however_its_probability_was_rounded() -> None:
    rounded = replace(FACTS, probabilities=(*FACTS.probabilities[:4], (0.6, 0.4 - 1e-6), FACTS.probabilities[5]))
    assert recall(0.4, rounded).share == 1
    assert recall(0.41, rounded).share == 0


def test_a_model_that_takes_sound_ones_for_defects_is_said() -> None:
    assert "the model's output has to be the probability of a defect" in recall(0.5, SWAPPED).found
    assert "the model's output has to be the probability of a defect" in saving(0.5, SWAPPED).found
    assert is_swapped(SWAPPED)
    assert not is_swapped(FACTS)


def test_the_cost_is_compared_with_the_best_threshold_on_the_same_images() -> None:
    # At 0.4 both defects are found and one sound part is stopped: 1 / 6.
    verdict = cost(0.4)
    assert verdict.share == 1
    assert verdict.found == (
        "the threshold 0.4 costs 0.1667 an image: 2 of 2 defects are found and 1 of 4 sound ones stopped; "
        "the best one would cost 0.1667"
    )
    assert cost(0.5).share == cost(0.0).share == 0
    assert cost(0.95, missed=1, false_alarm=100).share == 0
    assert cost(0.7, missed=1, false_alarm=100).share == 1


def test_how_far_the_cost_may_lie_from_the_best_is_the_rubric_s() -> None:
    # At 0.25 two sound parts are stopped, twice as many as at the best threshold.
    assert cost(0.25, within=1.9).share == 0
    assert cost(0.25, within=2.0).share == 1


def test_inspection_has_to_cost_less_than_to_stop_all_and_than_to_stop_none() -> None:
    # To stop all costs 4 / 6, to stop none 8 / 6; at 0.4 one sound part is stopped, at 0.95 no part at all.
    verdict = saving(0.4)
    assert verdict.share == 1
    assert verdict.found.endswith("; stopping all costs 0.6667, stopping none 1.333")
    assert saving(0.95).share == saving(0.0).share == 0
    assert saving(0.5).share == 0


def test_what_was_not_measured_is_not_judged() -> None:
    with pytest.raises(UnmeasuredError):
        Recall("told", "model", "fresh", 0.9).judge(replace(task(0.5), measured={}), NONE)


@pytest.mark.parametrize("threshold", [-0.1, 1.5, "half", [0.4], True, {}])
def test_what_is_no_threshold_is_said(threshold: Json) -> None:
    for judge in (recall, cost, saving):
        with pytest.raises(UnusableError, match="one number from 0 to 1"):
            judge(threshold)


@pytest.mark.parametrize(
    ("rule", "parameters", "said"),
    [
        (Recall, {"at_least": 0}, "at_least is 0"),
        (Cost, {"missed": 0, "false_alarm": 1}, "give two costs above 0"),
        (Cost, {"missed": 8, "false_alarm": 1, "within": 0.9}, "give a factor of 1 or more"),
        (Saving, {"missed": 8, "false_alarm": -1, "at_most": 0.8}, "give two costs above 0"),
        (Saving, {"missed": 8, "false_alarm": 1, "at_most": 1}, "above 0 and below 1"),
    ],
)
def test_bounds_that_decide_nothing_are_refused(rule: type, parameters: dict[str, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rule("told", "model", "fresh", **parameters)
