"""index.html: the class at a glance, a table of students and exercises and how many passed each check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.records import CheckResult, Graded, Outcome, Status
from grader.report.pages import percent, render
from grader.report.table import in_order
from grader.report.words import NO_SANDBOX, STATUS_WORDS, clean, points, title


@dataclass(frozen=True)
class Cell:
    """One submission in the table of students."""

    link: str
    score: str
    max_score: str
    percent: int
    status: str
    fine: bool


@dataclass(frozen=True)
class Row:
    """One student; a cell is None where there is nothing for the exercise."""

    student: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class CheckCount:
    """How many submissions of an exercise passed one check."""

    task: str
    title: str
    passed: int
    count: int
    percent: int


@dataclass(frozen=True)
class Distribution:
    """The checks of one exercise, in the order of its rubric."""

    title: str
    checks: tuple[CheckCount, ...]


@dataclass(frozen=True)
class IndexPage:
    """Everything that the template shows, as clean text."""

    heading: str
    summary: str
    exercises: tuple[str, ...]
    rows: tuple[Row, ...]
    distributions: tuple[Distribution, ...]
    no_sandbox: str
    unfinished: str


def index_html(class_results: Sequence[Graded], links: Mapping[tuple[str, str], str], unfinished: int = 0) -> str:
    """Return the class's page.

    ``links`` gives, for (student, exercise), the path of the feedback page relative to the index;
    ``unfinished`` is the number of submissions that were not graded when the work was interrupted.
    """
    ordered = in_order(class_results)
    exercises = sorted({graded.submission.exercise for graded in ordered})
    found = {(graded.submission.student, graded.submission.exercise): graded for graded in ordered}
    students = list(dict.fromkeys(graded.submission.student for graded in ordered))
    titles: dict[str, str] = {}
    for graded in ordered:
        titles.update({key: text for key, text in graded.titles.items() if key in exercises})
    rows = tuple(
        Row(clean(student), tuple(_cell(found.get((student, name)), links) for name in exercises))
        for student in students
    )
    page = IndexPage(
        heading=title(exercises[0], titles) if len(exercises) == 1 else f"{len(exercises)} exercises",
        summary=_summary(ordered, len(students)),
        exercises=tuple(title(name, titles) for name in exercises),
        rows=rows,
        distributions=tuple(_distribution(name, title(name, titles), ordered) for name in exercises),
        no_sandbox="" if all(graded.sandboxed for graded in ordered) else NO_SANDBOX,
        unfinished=f"{_count(unfinished, 'submission')} not graded yet; run the same command again." * bool(unfinished),
    )
    return render("index.html.j2", page)


def _cell(graded: Graded | None, links: Mapping[tuple[str, str], str]) -> Cell | None:
    if graded is None:
        return None
    link = links[(graded.submission.student, graded.submission.exercise)]
    return Cell(
        link=quote(link),
        score=points(graded.score),
        max_score=points(graded.max_score),
        percent=percent(graded.score, graded.max_score),
        status=STATUS_WORDS[graded.status],
        fine=graded.status is Status.OK,
    )


def _distribution(exercise: str, heading: str, ordered: Sequence[Graded]) -> Distribution:
    grouped: dict[str, list[CheckResult]] = {}
    titles: Mapping[str, str] = {}
    for graded in ordered:
        if graded.submission.exercise == exercise and graded.status is not Status.MISSING:
            titles = graded.titles
            for result in graded.results:
                grouped.setdefault(result.check, []).append(result)
    return Distribution(heading, tuple(_check_count(results, titles) for results in grouped.values()))


def _check_count(results: Sequence[CheckResult], titles: Mapping[str, str]) -> CheckCount:
    passed = sum(result.outcome is Outcome.PASSED for result in results)
    first = results[0]
    return CheckCount(
        title(first.task, titles), clean(first.title), passed, len(results), percent(passed, len(results))
    )


def _summary(ordered: Sequence[Graded], students: int) -> str:
    handed_in = [graded for graded in ordered if graded.status is not Status.MISSING]
    text = f"{_count(students, 'student')}, {_count(len(handed_in), 'submission')}"
    stopped = sum(graded.status is not Status.OK for graded in handed_in)
    if stopped:
        text += f", {stopped} of them did not run to the end"
    return f"{text}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
