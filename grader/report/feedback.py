"""feedback.html: one submission's result as a calm page that stands on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.records import CheckResult, Graded, Outcome
from grader.report.pages import percent, render
from grader.report.words import (
    KIND_WORDS,
    NO_SANDBOX,
    OUTCOME_SIGNS,
    OUTCOME_WORDS,
    PUBLIC_SEED,
    STATUS_SENTENCES,
    clean,
    points,
    title,
    waiting_points,
)


@dataclass(frozen=True)
class Line:
    """A label and its text."""

    label: str
    text: str


@dataclass(frozen=True)
class CheckView:
    """One check as the page shows it."""

    title: str
    outcome: str
    sign: str
    word: str
    kind: str
    earned: str
    points: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class TaskView:
    """One task with its checks."""

    title: str
    earned: str
    points: str
    checks: tuple[CheckView, ...]


@dataclass(frozen=True)
class FeedbackPage:
    """Everything that the template shows, as clean text."""

    student: str
    exercise: str
    score: str
    max_score: str
    percent: int
    passed: int
    checks: int
    waiting: str
    status: str
    detail: str
    tasks: tuple[TaskView, ...]
    remarks: tuple[str, ...]
    no_sandbox: str
    foot: tuple[Line, ...]


def feedback_html(graded: Graded) -> str:
    """Return the whole page: no scripts, no external resources, every text of the student's escaped."""
    return render("feedback.html.j2", _page(graded))


def _page(graded: Graded) -> FeedbackPage:
    outcomes = [result.outcome for result in graded.results]
    return FeedbackPage(
        student=clean(graded.submission.student),
        exercise=title(graded.submission.exercise, graded.titles),
        score=points(graded.score),
        max_score=points(graded.max_score),
        percent=percent(graded.score, graded.max_score),
        passed=outcomes.count(Outcome.PASSED),
        checks=len(outcomes),
        waiting=waiting_points(graded.waiting) if graded.waiting else "",
        status=STATUS_SENTENCES[graded.status],
        detail=clean(graded.detail),
        tasks=_tasks(graded.results, graded.titles),
        remarks=tuple(clean(remark) for remark in graded.remarks),
        no_sandbox="" if graded.sandboxed else NO_SANDBOX,
        foot=_foot(graded),
    )


def _tasks(results: Sequence[CheckResult], titles: Mapping[str, str]) -> tuple[TaskView, ...]:
    grouped: dict[str, list[CheckResult]] = {}
    for result in results:
        grouped.setdefault(result.task, []).append(result)
    return tuple(
        TaskView(
            title=title(task, titles),
            earned=points(sum(result.earned for result in checks)),
            points=points(sum(result.points for result in checks)),
            checks=tuple(_check(result) for result in checks),
        )
        for task, checks in grouped.items()
    )


def _check(result: CheckResult) -> CheckView:
    passed = result.outcome is Outcome.PASSED
    labelled = [("Found", result.found)]
    if not (passed and result.expected == result.found):
        labelled += [("Expected", result.expected)]
    if not passed:
        labelled += [("Why it matters", result.why), ("Where to look", result.see)]
    return CheckView(
        title=clean(result.title),
        outcome=result.outcome.value,
        sign=OUTCOME_SIGNS[result.outcome],
        word=OUTCOME_WORDS[result.outcome],
        kind=KIND_WORDS.get(result.kind, clean(result.kind)),
        earned=points(result.earned),
        points=points(result.points),
        lines=tuple(Line(label, clean(text)) for label, text in labelled if text),
    )


def _foot(graded: Graded) -> tuple[Line, ...]:
    seed = PUBLIC_SEED if graded.image_seed == "public" else f"secret, digest {graded.image_seed}"
    versions = ", ".join(f"{name} {version}" for name, version in graded.versions.items())
    lines = (
        Line("Rubric", graded.rubric_digest),
        Line("Seed of fresh images", seed),
        Line("Sandbox", "yes" if graded.sandboxed else "NO"),
        Line("Time", f"{graded.seconds:.0f} s"),
        Line("Versions", versions),
    )
    return tuple(Line(line.label, clean(line.text)) for line in lines if line.text)
