from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grader.records import CheckResult, Outcome
from grader.view import Answer, as_html, as_text, summary

PASSED = CheckResult(
    "a", "t", "`base` is frozen", "recomputed", 2, 2, Outcome.PASSED, "all of it", "all", "it matters", "section 1"
)
FAILED = replace(PASSED, check="b", title="Rate", earned=0.5, outcome=Outcome.FAILED, found="0.3", expected="0.5")
WAITING = replace(PASSED, check="c", title="Essay", earned=0, outcome=Outcome.WAITING, found="", expected="")
UNMEASURED = replace(PASSED, check="d", title="Accuracy", points=4, earned=0, outcome=Outcome.UNMEASURED)
ATTACK = '<script>alert("x")</script><img src=x onerror=alert(1)>\' style="'


class Tags(HTMLParser):
    """Collects the tags of a page and sees whether each that opens also closes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    ("results", "line"),
    [
        ([PASSED, PASSED, PASSED, replace(FAILED, earned=0)], "3 of 4 checks passed, 6 of 8 points"),
        ([PASSED], "1 of 1 check passed, 2 of 2 points"),
        ([FAILED], "0 of 1 check passed, 0.5 of 2 points"),
        ([PASSED, UNMEASURED], "1 of 2 checks passed, 2 of 6 points; 1 check (4 points) not measured"),
        (
            [PASSED, WAITING, WAITING],
            "1 of 3 checks passed, 2 of 6 points; 2 checks (4 points) wait for a person",
        ),
        ([], "0 of 0 checks passed, 0 of 0 points"),
    ],
)
def test_the_summary_counts_honestly(results: list[CheckResult], line: str) -> None:
    assert summary(results) == line


def test_text_tells_what_to_do_about_a_failure() -> None:
    assert as_text(Answer("Base", (PASSED, FAILED))).splitlines() == [
        "Base: 1 of 2 checks passed, 2.5 of 4 points",
        "✓ passed   `base` is frozen (2 of 2 points)",
        "           Found: all of it",
        "✗ not yet  Rate (0.5 of 2 points)",
        "           Found: 0.3",
        "           Expected: 0.5",
        "           Why it matters: it matters",
        "           Where to look: section 1",
    ]


def test_text_lines_are_short() -> None:
    long = replace(FAILED, why="word " * 100)
    assert max(map(len, as_text(Answer("Base", (long,))).splitlines())) <= 100


def test_html_has_words_and_signs_beside_the_colours() -> None:
    page = as_html(Answer("Base", (PASSED, FAILED, WAITING, UNMEASURED)))
    for word in ("✓ passed", "✗ not yet", "… waits for a person", "… not measured"):
        assert word in page
    assert "<code>base</code> is frozen" in page
    assert Tags(page).open == []


def test_nothing_from_a_notebook_becomes_html() -> None:
    hostile = replace(FAILED, title=ATTACK, found=f"`{ATTACK}`", expected=ATTACK, why=ATTACK, see=ATTACK)
    harmless = Tags(as_html(Answer("Base", (FAILED,)))).tags
    for answer in (Answer(ATTACK, (hostile,)), Answer(ATTACK, problem=ATTACK)):
        page = as_html(answer)
        assert "<script" not in page
        assert "<img" not in page
        assert Tags(page).tags <= harmless | {"code", "p"}


def test_a_reported_check_says_on_what_it_rests() -> None:
    reported = replace(PASSED, kind="reported")
    assert "this rests on what the notebook reports about itself" in as_text(Answer("Loss", (reported,)))


def test_jupyter_gets_both_forms() -> None:
    answer = Answer("Base", (PASSED,))
    bundle = answer._repr_mimebundle_()
    assert bundle == {"text/plain": repr(answer), "text/html": answer._repr_html_()}
    assert answer.earned == 2


def test_a_problem_is_a_sentence() -> None:
    assert repr(Answer("check", problem="There is none.")) == "check: There is none."
