"""The second phase goes on with the head of the first: what was built anew lies far away from it."""

from __future__ import annotations

import pytest

from grader.measures import SampledKernel, SampleFacts, Samples
from grader.records import Evidence, TaskEvidence
from grader.rules import UnmeasuredError, UnusableError, Verdict
from grader.rules.phases import HeadContinued

from ..made import model

FIRST = (3.0, -4.0, 0.0, 12.0)
RULE = HeadContinued("tuned", "head.model", 0.5)


def kernels(*values: tuple[float, ...]) -> SampleFacts:
    return SampleFacts(tuple(SampledKernel((len(row), 1), row) for row in values))


def judged(tuned: SampleFacts, first: SampleFacts | None) -> Verdict:
    task = TaskEvidence("fine", models={"tuned": model()}, measured={Samples("tuned"): tuned})
    tasks = {"fine": task}
    if first is not None:
        tasks["head"] = TaskEvidence("head", models={"model": model()}, measured={Samples("model"): first})
    return RULE.judge(task, Evidence(tasks))


def test_a_head_that_was_trained_on_is_right() -> None:
    verdict = judged(kernels((3.0, -4.0, 1.3, 12.0)), kernels(FIRST))
    assert (verdict.share, verdict.found) == (1, "the head lies 10.0% of its length away from that of `head.model`")
    assert verdict.expected == "the head of `head.model`, trained on: at most 50% of its length away from it"


def test_a_head_that_was_not_trained_on_is_the_same_head() -> None:
    assert judged(kernels(FIRST), kernels(FIRST)).share == 1


def test_a_head_built_anew_is_told() -> None:
    verdict = judged(kernels((-4.0, 3.0, 12.0, 0.0)), kernels(FIRST))
    assert verdict.share == 0
    assert verdict.found.endswith("that of `head.model`: it was built anew, or nearly all of it was overwritten")


def test_all_layers_count_together() -> None:
    first = kernels(FIRST, (0.1, 0.1))
    assert judged(kernels(FIRST, (-0.1, -0.1)), first).share == 1
    assert judged(kernels((0.0, 0.0, 0.0, 0.0), (0.1, 0.1)), first).share == 0


def test_a_head_of_another_shape_is_another_head() -> None:
    verdict = judged(kernels(FIRST, (1.0, 2.0)), kernels(FIRST))
    assert (verdict.share, verdict.found) == (0, "another head: its Dense kernels are 4 by 1 and 2 by 1")
    assert judged(kernels(), kernels(FIRST)).found == "another head: its Dense kernels are missing"


def test_without_the_first_phase_nothing_is_claimed() -> None:
    with pytest.raises(UnmeasuredError, match="Task head was not reached"):
        judged(kernels(FIRST), None)
    with pytest.raises(UnusableError, match="has no Dense layer") as caught:
        judged(kernels(FIRST), kernels())
    assert caught.value.expected.startswith("the head of")


@pytest.mark.parametrize("at_most", [0.0, 1.0, -0.1])
def test_a_bound_that_says_nothing_is_refused(at_most: float) -> None:
    with pytest.raises(ValueError, match="give a share of the length"):
        HeadContinued("tuned", "head.model", at_most)


def test_both_models_are_sampled() -> None:
    assert RULE.wants() == (Samples("tuned"), Samples("head.model"))
