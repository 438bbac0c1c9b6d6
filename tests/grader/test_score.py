"""The shipped rubric over evidence built by hand: exact points, and the sentences a learner reads."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

import pytest

from grader.records import CompileFacts, Evidence, Outcome, TaskEvidence
from grader.rubric import Check, Rubric, Task, load
from grader.rules import Rule, Verdict
from grader.score import score

from .made import (
    EXERCISE,
    RAW,
    VGG,
    base_model,
    but,
    changed,
    model,
    predicted,
    result_of,
    right,
    train,
    vgg16,
    with_model,
    with_zero_biases,
)

RUBRIC = load(EXERCISE)


def points(evidence: Evidence) -> float:
    return sum(result.earned for result in score(RUBRIC, evidence))


def failed(evidence: Evidence) -> set[str]:
    return {result.check for result in score(RUBRIC, evidence) if result.outcome is Outcome.FAILED}


def test_everything_right_earns_every_point() -> None:
    results = score(RUBRIC, right())
    assert {result.outcome for result in results} == {Outcome.PASSED}
    assert (points(right()), RUBRIC.points) == (30, 30)


def test_the_order_and_the_words_are_the_rubrics() -> None:
    results = score(RUBRIC, right())
    assert [result.check for result in results] == [check.id for check in RUBRIC.checks]
    assert all(result.why and result.see and result.found and result.expected for result in results)


def test_nothing_handed_in_fails_everything_and_says_so() -> None:
    results = score(RUBRIC, Evidence({}))
    assert sum(result.earned for result in results) == 0
    assert sum(result.points for result in results) == 30
    assert results[0].found == "Task arrays was not reached: nothing was exported."
    assert all(result.expected for result in results)


def test_a_crash_before_training_keeps_what_was_earned() -> None:
    tasks = {name: known for name, known in right().tasks.items() if name not in ("train", "report")}
    assert points(Evidence(tasks, pretrained=right().pretrained)) == 17


def test_frozen_only_after_training_has_the_counts_and_loses_the_points() -> None:
    trained = vgg16(pretrained=False)
    evidence = but(train=train(model(trained)))
    result = result_of(score(RUBRIC, evidence), "base-kept")
    assert result.found == (
        "The summary counts 14,714,688 frozen parameters, but 26 of 26 weight arrays of the base differ from the "
        "pretrained ones: they were trained first and frozen afterwards, or frozen without compiling again."
    )
    assert result.earned == 0
    assert points(evidence) == 26


def test_never_frozen_says_what_is_trainable() -> None:
    base = base_model(vgg16("", frozen=False))
    trained = model(vgg16(frozen=False, pretrained=False))
    evidence = but(
        base=TaskEvidence("base", models={"base": base}),
        model=with_model(model(vgg16(frozen=False))),
        train=train(trained),
    )
    results = score(RUBRIC, evidence)
    assert failed(evidence) == {"base-frozen", "trainable-parameters", "base-kept"}
    assert result_of(results, "base-frozen").found == "0 frozen parameters and 14,714,688 that would be trained"
    assert result_of(results, "trainable-parameters").found == (
        "15,241,802 trainable parameters, 14,714,688 of them in the base, which is not frozen"
    )
    assert result_of(results, "base-kept").found == (
        "Only 0 of the base's 14,714,688 parameters are frozen, and 26 of 26 weight arrays of the base differ from "
        "the pretrained ones: the base was trained with the head."
    )


def test_weights_that_never_were_pretrained_are_told_from_trained_ones() -> None:
    random = vgg16(pretrained=False)
    evidence = but(model=with_model(model(random)), train=train(model(random)))
    assert result_of(score(RUBRIC, evidence), "base-kept").found == (
        "The summary counts 14,714,688 frozen parameters, but 26 of 26 weight arrays of the base never were the "
        "pretrained ones: the base was built without them (`weights=None`?)."
    )


def test_only_reported_facts_can_be_forged_for_only_the_reported_points() -> None:
    empty = but(
        arrays=TaskEvidence("arrays"),
        prepare=TaskEvidence("prepare"),
        base=TaskEvidence("base"),
        model=TaskEvidence("model"),
        train=TaskEvidence("train", {}, {"model": dataclasses.replace(model((), ()))}),
        report=TaskEvidence("report"),
    )
    reported = sum(check.points for check in RUBRIC.checks if check.kind == "reported")
    assert points(empty) == reported == 3


def test_wrong_reports_cost_only_the_reported_points() -> None:
    silent = dataclasses.replace(model(), compiled=None)
    assert points(but(train=train(silent))) == 27
    wrong = dataclasses.replace(model(), compiled=CompileFacts(None, 10.0, "mean_squared_error"))
    assert failed(but(train=train(wrong))) == {"loss", "optimizer", "learning-rate"}


def test_a_problem_is_shown_as_it_was_told() -> None:
    sentence = "The model holds a Lambda layer, which cannot be rebuilt; use Keras's own layers."
    evidence = but(model=TaskEvidence("model", {"model": sentence}, probes={"prepare": VGG}))
    results = score(RUBRIC, evidence)
    assert {result.found for result in results if result.task == "model"} == {sentence}
    assert points(evidence) == 21


def test_unmeasured_accuracy_fails_a_complete_submission_and_waits_in_a_live_one() -> None:
    evidence = but(train=dataclasses.replace(train(), measured={}))
    assert result_of(score(RUBRIC, evidence), "accuracy").outcome is Outcome.FAILED
    live = result_of(score(RUBRIC, evidence, complete=False), "accuracy")
    assert (live.outcome, live.earned) == (Outcome.UNMEASURED, 0)


def test_an_untrained_head_is_below_the_threshold() -> None:
    evidence = but(train=train(accuracy=predicted(300, 31)))
    result = result_of(score(RUBRIC, evidence), "accuracy")
    assert result.found == "accuracy 0.103 (31 of 300 fresh images)"
    assert result.earned == 0


def test_raw_prepare_is_right_where_the_model_preprocesses() -> None:
    inside = dataclasses.replace(with_model(model()), probes={"prepare": RAW})
    evidence = but(prepare=TaskEvidence("prepare", probes={"prepare": RAW}), model=inside)
    assert points(evidence) == 30
    assert "so the model must preprocess them itself" in result_of(score(RUBRIC, evidence), "prepare-batch").found


def test_partly_unfrozen_and_trained_base_names_its_layers() -> None:
    base = changed(vgg16(), ["block5_conv2", "block5_conv3"])
    result = result_of(score(RUBRIC, but(train=train(model(base)))), "base-kept")
    assert "4 of 26 weight arrays of the base differ" in result.found
    assert result.found.endswith("They are in vgg16/block5_conv2, vgg16/block5_conv3.")


def test_random_weights_are_recognised_in_the_base() -> None:
    random = base_model(with_zero_biases(vgg16("", pretrained=False)))
    result = result_of(score(RUBRIC, but(base=TaskEvidence("base", models={"base": random}))), "base-pretrained")
    assert result.found == "the weights of `base` are random: it was built without the pretrained ones"


@dataclasses.dataclass(frozen=True)
class Shares:
    """A second implementation of the rule's contract: it answers what the test wants."""

    share: float

    kind: ClassVar[str] = "recomputed"

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        return Verdict(self.share, "found", "expected")


@pytest.mark.parametrize(
    ("share", "earned", "outcome"),
    [
        (0.5, 2, Outcome.FAILED),
        (1.0, 4, Outcome.PASSED),
        (7.0, 4, Outcome.PASSED),
        (-3.0, 0, Outcome.FAILED),
        (float("nan"), 0, Outcome.FAILED),
    ],
)
def test_a_share_never_leaves_zero_to_one(share: float, earned: float, outcome: Outcome) -> None:
    [result] = score(_single(Shares(share)), Evidence({"t": TaskEvidence("t")}))
    assert (result.earned, result.outcome) == (earned, outcome)


def test_a_check_for_a_person_waits_with_its_points_in_the_maximum() -> None:
    [result] = score(_single(None), Evidence({}))
    assert (result.points, result.earned, result.outcome) == (4, 0, Outcome.WAITING)


def test_nothing_handed_in_leaves_nothing_to_read() -> None:
    [result] = score(_single(None), Evidence({}), readable=False)
    assert (result.earned, result.outcome) == (0, Outcome.FAILED)
    assert result.found == "nothing was handed in that a person could read"


def _single(rule: Rule | None) -> Rubric:
    check = Check("c", "t", "A check", 4, "recomputed" if rule else "person", rule, "why", "see")
    return Rubric("e", "Exercise", (Task("t", "Task", ("x",), "see"),), (check,), "0")
