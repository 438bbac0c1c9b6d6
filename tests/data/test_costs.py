"""Alarms by threshold, counted by hand, and the threshold that costs least."""

import numpy as np
import pytest

from data import costs

SCORES = [0.1, 0.2, 0.3, 0.6, 0.9]
DEFECTIVE = [False, False, True, False, True]


def test_outcomes_are_counted() -> None:
    found = costs.outcome(SCORES, DEFECTIVE, 0.5)
    assert (found.found, found.missed, found.alarmed, found.passed) == (1, 1, 1, 2)
    assert (found.recall, found.precision, found.accuracy) == (0.5, 0.5, 0.6)
    assert found.cost(miss=20) == pytest.approx(21 / 5)
    assert found.cost(miss=1, alarm=3) == pytest.approx(4 / 5)


def test_a_score_at_the_threshold_gives_an_alarm() -> None:
    assert costs.outcome([0.5], [True], 0.5).found == 1


def test_without_alarms_precision_is_no_number_and_accuracy_may_be_high() -> None:
    found = costs.outcome([0.1] * 50, [False] * 44 + [True] * 6, 0.5)
    assert np.isnan(found.precision)
    assert found.recall == 0
    assert found.accuracy == pytest.approx(0.88)


def test_without_defects_recall_is_no_number() -> None:
    assert np.isnan(costs.outcome([0.1, 0.9], [False, False], 0.5).recall)


def test_the_thresholds_reach_from_alarms_for_all_to_alarms_for_none() -> None:
    alarms = [int(np.sum(np.asarray(SCORES) >= each)) for each in costs.thresholds(SCORES)]
    assert alarms == [5, 4, 3, 2, 1, 0]
    assert len(costs.thresholds([0.5, 0.5])) == 2


@pytest.mark.parametrize(("miss", "alarms"), [(20.0, 3), (0.5, 1), (0.0, 0)])
def test_a_dear_miss_lowers_the_cheapest_threshold(miss: float, alarms: int) -> None:
    chosen = costs.cheapest(SCORES, DEFECTIVE, miss)
    assert int(np.sum(np.asarray(SCORES) >= chosen)) == alarms


def test_no_threshold_is_cheaper_than_the_cheapest() -> None:
    rng = np.random.default_rng(5)
    defective = rng.random(200) < 0.12
    scores = rng.normal(defective * 1.0, 1.0)
    least = costs.outcome(scores, defective, costs.cheapest(scores, defective, 20)).cost(20)
    assert least == min(costs.outcome(scores, defective, each).cost(20) for each in costs.thresholds(scores))


def test_among_equals_the_middle_is_chosen() -> None:
    chosen = costs.cheapest([0.1, 0.2, 0.8, 0.9], [False, False, True, True], 20)
    assert chosen == pytest.approx(0.5)
    assert costs.outcome([0.1, 0.2, 0.3], [False] * 3, costs.cheapest([0.1, 0.2, 0.3], [False] * 3, 20)).alarmed == 0


def test_on_calibrated_scores_the_cheapest_threshold_is_that_of_the_costs() -> None:
    rng = np.random.default_rng(6)
    scores = rng.beta(0.5, 2.0, 40_000)
    defective = rng.random(len(scores)) < scores
    found = costs.outcome(scores, defective, costs.cheapest(scores, defective, miss=20)).cost(20)
    by_rule = costs.outcome(scores, defective, 1 / 21).cost(20)
    assert found == pytest.approx(by_rule, rel=0.02)


@pytest.mark.parametrize(("scores", "truths"), [([], []), ([0.1], [True, False]), ([[0.1]], [[True]])])
def test_scores_without_their_truths_are_refused(scores: list[float], truths: list[bool]) -> None:
    with pytest.raises(ValueError, match="each picture needs one of each"):
        costs.cheapest(scores, truths, 20)


def test_thresholds_without_scores_are_refused() -> None:
    with pytest.raises(ValueError, match="Without a score"):
        costs.thresholds([])


def test_the_error_of_a_ranking_is_about_that_of_repeated_measurements() -> None:
    rng = np.random.default_rng(7)
    defects, sound = rng.normal(1.0, 1.0, (400, 30, 1)), rng.normal(0.0, 1.0, (400, 1, 60))
    areas = (defects > sound).mean(axis=(1, 2))
    assert costs.ranking_error(float(areas.mean()), 30, 60) == pytest.approx(areas.std(), rel=0.15)
