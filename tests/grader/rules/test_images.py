from __future__ import annotations

from dataclasses import replace

import pytest

from grader.records import Evidence, ProbeFacts, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError, Verdict
from grader.rules.images import FreshAccuracy, PreparedBatch, Preprocessing

from ..made import ACCURACY, RAW, VGG, model, predicted
from ..made import SEEN as ARRIVAL

NONE = Evidence({})
PREPARED = PreparedBatch("prepare", (64, 64, 3), "raw")
SEEN = Preprocessing("model", "VGG16")
FRESH = FreshAccuracy("model", 0.4, "fresh")


def arrived(seen: ProbeFacts) -> TaskEvidence:
    return TaskEvidence("model", models={"model": model()}, measured={ARRIVAL: seen})


def prepared(probe: ProbeFacts) -> Verdict:
    return PREPARED.judge(TaskEvidence("prepare", probes={"prepare": probe}), NONE)


@pytest.mark.parametrize(
    "probe", [VGG, RAW, replace(VGG, dtype="float64", matches=None), replace(VGG, dtype="float16")]
)
def test_float_batches_are_right(probe: ProbeFacts) -> None:
    assert prepared(probe).share == 1


@pytest.mark.parametrize(
    ("probe", "found"),
    [
        (replace(VGG, shape=(64, 64, 3)), "`prepare` returned an array of shape (64, 64, 3)"),
        (replace(VGG, shape=(4, 224, 224, 3)), "`prepare` returned an array of shape (4, 224, 224, 3)"),
        (replace(VGG, shape=()), "`prepare` returned an array of shape ()"),
        (replace(RAW, dtype="uint8"), "`prepare` returned numbers of type uint8"),
        (replace(VGG, low=float("nan")), "`prepare` returned values that are not finite numbers"),
        (
            replace(VGG, input_changed=True),
            "`prepare` changed the images that it was given: work on a copy",
        ),
    ],
)
def test_wrong_batches_are_named(probe: ProbeFacts, found: str) -> None:
    assert (prepared(probe).share, prepared(probe).found) == (0, found)


def test_prepare_that_raises_is_told_by_its_problem() -> None:
    evidence = TaskEvidence("prepare", {"prepare": "`prepare` fails on images: ValueError: no"})
    with pytest.raises(UnusableError, match="ValueError: no"):
        PREPARED.judge(evidence, NONE)


def test_the_backbones_own_preprocessing_is_right() -> None:
    assert SEEN.judge(arrived(VGG), NONE).share == 1


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (RAW, "the first convolution receives raw pixels, numbers from 0 to 255"),
        (
            replace(RAW, matches="1/255", high=1.0),
            "the first convolution receives pixels divided by 255, numbers from 0 to 1",
        ),
        (
            replace(VGG, matches=None, low=-247.0, high=47.1),
            "the first convolution receives numbers from -247 to 47.1 that fit no preprocessing known here",
        ),
    ],
)
def test_other_preprocessing_is_named(seen: ProbeFacts, found: str) -> None:
    verdict = SEEN.judge(arrived(seen), NONE)
    assert verdict == Verdict(0, found, "the first convolution receives VGG16's own preprocessing")


def test_unknown_arrival_gives_the_nearest_reason() -> None:
    with pytest.raises(UnmeasuredError, match="was not measured"):
        SEEN.judge(TaskEvidence("model", models={"model": model()}), NONE)
    failed = TaskEvidence("model", models={"model": model()}, failures={ARRIVAL: "`prepare` is not defined."})
    with pytest.raises(UnusableError, match="not defined"):
        SEEN.judge(failed, NONE)
    with pytest.raises(UnusableError, match="`model` was not found"):
        SEEN.judge(TaskEvidence("model"), NONE)


@pytest.mark.parametrize(("images", "correct", "share"), [(300, 120, 1), (300, 119, 0), (0, 0, 0), (600, 300, 1)])
def test_accuracy_is_met_at_its_threshold(images: int, correct: int, share: float) -> None:
    evidence = TaskEvidence("train", models={"model": model()}, measured={ACCURACY: predicted(images, correct)})
    assert FRESH.judge(evidence, NONE).share == share


def test_accuracy_that_was_not_asked_for_is_not_measured() -> None:
    with pytest.raises(UnmeasuredError, match="accuracy on fresh images was not measured"):
        FRESH.judge(TaskEvidence("train", models={"model": model()}), NONE)


def test_accuracy_that_could_not_be_measured_tells_why() -> None:
    why = "These are no probabilities."
    with pytest.raises(UnusableError, match="no probabilities"):
        FRESH.judge(TaskEvidence("train", {"model": why}), NONE)
    with pytest.raises(UnusableError, match="no probabilities") as caught:
        FRESH.judge(TaskEvidence("train", models={"model": model()}, failures={ACCURACY: why}), NONE)
    assert caught.value.expected == "an accuracy of at least 0.40 on fresh images"


@pytest.mark.parametrize("threshold", [0.0, -1.0, 1.5])
def test_a_senseless_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="at_least"):
        FreshAccuracy("model", threshold, "fresh")
