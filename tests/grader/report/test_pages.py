from __future__ import annotations

import jinja2
import pytest

from grader.report.pages import percent, prose, render


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(0, 3, 0), (1, 1000, 1), (999.9, 1000, 99), (3, 3, 100), (1, 0, 0), (5, 4, 100)]
)
def test_when_a_bar_is_full_then_only_for_all(part: float, whole: float, shown: int) -> None:
    assert percent(part, whole) == shown


def test_when_backticks_hold_tags_then_they_are_escaped() -> None:
    assert prose("a `<b>` & c") == "a <code>&lt;b&gt;</code> &amp; c"


def test_when_a_template_needs_what_a_page_lacks_then_it_raises() -> None:
    with pytest.raises(jinja2.UndefinedError):
        render("feedback.html.j2", object())
