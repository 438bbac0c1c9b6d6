from __future__ import annotations

from dataclasses import replace

from grader.records import CheckResult, Graded, Outcome, Status, Submission
from grader.selfcheck import as_text

GRADED = Graded(
    Submission("ada", "tiny", None),
    Status.ERROR,
    "The cell raised NameError.",
    (
        CheckResult("a", "one", "A", "recomputed", 2, 2, Outcome.PASSED, "right"),
        CheckResult("b", "two", "B", "recomputed", 3, 0, Outcome.FAILED, "wrong", "right", "Because.", "The book."),
    ),
    ("A cell was there twice.",),
    1.0,
    True,
    "digest",
    "public",
    {},
    titles={"one": "The first task"},
)


def test_when_a_notebook_is_checked_then_the_text_tells_all_that_the_page_does() -> None:
    text = as_text(GRADED)
    for part in (
        "A cell stopped with an error.",
        "The cell raised NameError.",
        "The first task: 1 of 1 check passed, 2 of 2 points",
        "two: 0 of 1 check passed, 0 of 3 points",
        "✗ not yet  B (0 of 3 points)",
        "Expected: right",
        "Why it matters: Because.",
        "- A cell was there twice.",
    ):
        assert part in text
    assert text.endswith("\n2 of 5 points")


def test_when_the_text_is_hostile_then_the_terminal_is_safe() -> None:
    assert "\x1b" not in as_text(replace(GRADED, detail="\x1b[2J", remarks=("\x1b[2J",)))
