"""From a rubric and evidence to results: a pure function, without files and without TensorFlow."""

from __future__ import annotations

import math
from dataclasses import replace

from grader.records import CheckResult, Evidence, Outcome
from grader.rubric import Check, Rubric, Task
from grader.rules import Rule, UnmeasuredError, UnusableError, Verdict


def score(
    rubric: Rubric, evidence: Evidence, *, complete: bool = True, readable: bool = True
) -> tuple[CheckResult, ...]:
    """Return one result for each check of the rubric, in its order.

    With ``complete`` evidence, what was not measured has failed; without it (a learner who did not ask for
    the fresh images) it is ``unmeasured``. A task without evidence fails all its checks. What a person has to read
    waits, unless nothing ``readable`` was handed in.
    """
    results = tuple(_result(check, rubric.task(check.task), evidence, complete) for check in rubric.checks)
    if readable:
        return results
    nothing = "nothing was handed in that a person could read"
    return tuple(
        replace(result, outcome=Outcome.FAILED, found=nothing) if result.outcome is Outcome.WAITING else result
        for result in results
    )


def _result(check: Check, task: Task | None, evidence: Evidence, complete: bool) -> CheckResult:
    if check.rule is None:
        return _outcome(check, Outcome.WAITING, Verdict(0, "a person has to read this", ""))
    verdict = _judged(check, check.rule, task, evidence)
    if not verdict.measured:
        return _outcome(check, Outcome.FAILED if complete else Outcome.UNMEASURED, verdict)
    return _outcome(check, Outcome.PASSED if verdict.share >= 1 else Outcome.FAILED, verdict)


def _judged(check: Check, rule: Rule, task: Task | None, evidence: Evidence) -> Verdict:
    known = evidence.tasks.get(check.task)
    names = " and ".join(f"`{name}`" for name in task.exports) if task else "the names of this task"
    expected = f"{names}, defined as the exercise asks"
    if known is None:
        return Verdict(0, f"Task {check.task} was not reached: nothing was exported.", expected)
    try:
        return rule.judge(known, evidence)
    except UnusableError as error:
        return Verdict(0, str(error), error.expected or expected, measured=not isinstance(error, UnmeasuredError))


def _outcome(check: Check, outcome: Outcome, verdict: Verdict) -> CheckResult:
    share = 0.0
    if outcome in (Outcome.PASSED, Outcome.FAILED) and verdict.measured and math.isfinite(verdict.share):
        share = min(1.0, max(0.0, verdict.share))
    return CheckResult(
        check=check.id,
        task=check.task,
        title=check.title,
        kind=check.kind,
        points=check.points,
        earned=round(check.points * share, 6),
        outcome=outcome,
        found=verdict.found,
        expected=verdict.expected,
        why=check.why,
        see=check.see,
    )
