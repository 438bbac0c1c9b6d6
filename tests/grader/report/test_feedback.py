from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from grader.records import Graded, Status
from grader.report.feedback import feedback_html
from grader.report.words import STATUS_SENTENCES


class Reader(HTMLParser):
    """Collects a page's tags, addresses and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "srcset", "data", "action"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_when_a_check_failed_then_the_page_says_what_why_and_where(graded: Graded) -> None:
    text = Reader(feedback_html(graded)).text
    for part in (
        "for ada",
        "2.5 of 6.5 points",
        "1 of 3 checks passed; 1 point waits for a person",
        "Task 2: base 0 of 3",
        "The base is frozen not yet · recomputed by the grader Points: 0 of 3",
        "Found 0 frozen parameters; 26 of 26 arrays can change",
        "Expected 14,714,688 frozen parameters",
        "Why it matters A base that trains along forgets",
        "Where to look base.trainable = False, before compile",
        "waits for a person · reported by the notebook",
        "The cell base was there twice",
        "Rubric a1b2c3d4",
        "keras 3.15.0, tensorflow 2.21.0",
    ):
        assert part in text


def test_when_a_check_passed_then_it_gets_no_advice(graded: Graded) -> None:
    page = feedback_html(replace(graded, results=graded.results[:1]))
    assert "✓" in page
    assert "Where to look" not in page
    assert "Why it matters" not in page


def test_when_the_page_is_opened_then_it_needs_nothing_else(graded: Graded) -> None:
    reader = Reader(feedback_html(graded))
    assert reader.addresses == []
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(reader.tags)
    assert "url(" not in feedback_html(graded)
    assert "@import" not in feedback_html(graded)


def test_when_the_text_is_hostile_then_nothing_of_it_becomes_a_tag(hostile: Graded) -> None:
    page = feedback_html(hostile)
    page.encode("utf-8")
    tags = Reader(page).tags
    assert "script" not in tags
    assert "b" not in tags
    assert tags.count("style") == 1
    assert "\u202e" not in page


def test_when_a_text_has_backticks_then_they_become_code_and_nothing_else(graded: Graded) -> None:
    page = feedback_html(replace(graded, remarks=("`<i>x</i>` and ` alone",)))
    assert "<li><code>&lt;i&gt;x&lt;/i&gt;</code> and ` alone</li>" in page


def test_when_titles_are_known_then_they_are_shown(graded: Graded) -> None:
    titles = {graded.submission.exercise: "Feature extraction", "base": "Freeze the `base`"}
    page = Reader(feedback_html(replace(graded, titles=titles)))
    assert "Feedback Feature extraction for ada" in page.text
    assert "Task 2: Freeze the base" in page.text


def test_when_headings_are_read_aloud_then_no_level_is_skipped(graded: Graded) -> None:
    levels = [int(tag[1]) for tag in Reader(feedback_html(graded)).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_when_there_was_no_sandbox_then_a_banner_says_so(graded: Graded) -> None:
    assert 'class="banner"' in feedback_html(replace(graded, sandboxed=False))
    assert 'class="banner"' not in feedback_html(graded)


@pytest.mark.parametrize("status", list(Status))
def test_when_a_submission_ended_somehow_then_a_sentence_says_how(graded: Graded, status: Status) -> None:
    assert STATUS_SENTENCES[status] in Reader(feedback_html(replace(graded, status=status))).text


def test_when_the_seed_is_secret_then_only_its_digest_shows(graded: Graded) -> None:
    assert "secret, digest 0123abcd" in Reader(feedback_html(replace(graded, image_seed="0123abcd"))).text


def test_when_nothing_can_be_earned_then_the_page_still_appears(graded: Graded) -> None:
    assert "0 of 0" in feedback_html(replace(graded, results=()))
