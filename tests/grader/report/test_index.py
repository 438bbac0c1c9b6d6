from __future__ import annotations

from dataclasses import replace

from grader.records import Graded, Status, Submission
from grader.report.index import index_html

LINKS = {
    ("ada", "01_vgg16_feature_extraction"): "ada/01_vgg16_feature_extraction/feedback.html",
    ("bo", "01_vgg16_feature_extraction"): "b o%/feedback.html",
}


def _bo(graded: Graded, status: Status) -> Graded:
    lost = tuple(replace(result, earned=0.0, outcome=graded.results[1].outcome) for result in graded.results)
    return replace(graded, submission=Submission("bo", graded.submission.exercise, None), status=status, results=lost)


def test_when_a_class_is_graded_then_each_page_is_linked_and_each_check_counted(graded: Graded) -> None:
    page = index_html([_bo(graded, Status.CRASHED), graded], LINKS)
    assert 'href="ada/01_vgg16_feature_extraction/feedback.html"' in page
    assert 'href="b%20o%25/feedback.html"' in page
    assert "2.5 of 6.5" in page
    assert "crashed" in page
    assert "2 students, 2 submissions, 2 of them did not run to the end." in page
    assert '<td class="num">1 of 2</td>' in page
    assert page.index(">ada<") < page.index(">bo<")


def test_when_nothing_was_handed_in_then_it_does_not_count_among_the_checks(graded: Graded) -> None:
    page = index_html([graded, _bo(graded, Status.MISSING)], LINKS)
    assert "not handed in" in page
    assert '<td class="num">1 of 1</td>' in page
    assert "2 students, 1 submission, 1 of them" in page


def test_when_a_name_is_hostile_then_it_stays_text(hostile: Graded) -> None:
    key = (hostile.submission.student, hostile.submission.exercise)
    page = index_html([hostile], {key: "x/y/feedback.html"})
    page.encode("utf-8")
    assert "<script" not in page


def test_when_one_was_graded_without_sandbox_then_a_banner_says_so(graded: Graded) -> None:
    assert "--no-sandbox" in index_html([replace(graded, sandboxed=False)], LINKS)
    assert "--no-sandbox" not in index_html([graded], LINKS)


def test_when_the_work_was_interrupted_then_the_page_says_how_many_are_left(graded: Graded) -> None:
    assert "3 submissions not graded yet" in index_html([graded], LINKS, unfinished=3)
    assert "Interrupted" not in index_html([graded], LINKS)


def test_when_nobody_was_graded_then_there_is_still_a_page() -> None:
    assert "0 students, 0 submissions." in index_html([], {})
