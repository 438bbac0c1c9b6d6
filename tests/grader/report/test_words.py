from __future__ import annotations

import pytest

from grader.records import Outcome, Status
from grader.report import words


@pytest.mark.parametrize(
    ("value", "shown"), [(7.0, "7"), (7.5, "7.5"), (1 / 3, "0.333"), (0.0, "0"), (-0.0001, "0"), (100.0, "100")]
)
def test_when_points_are_shown_then_without_needless_digits(value: float, shown: str) -> None:
    assert words.points(value) == shown


@pytest.mark.parametrize(
    ("given", "shown"), [("a\x1b[31mb", "a\ufffd[31mb"), ("a\udcff", "a\ufffd"), ("a\nb\tc", "a\nb\tc")]
)
def test_when_text_holds_control_characters_then_they_are_replaced(given: str, shown: str) -> None:
    assert words.clean(given) == shown


def test_when_text_is_of_any_language_then_it_stays() -> None:
    assert words.clean("Zoë 李雷 محمد 🐢") == "Zoë 李雷 محمد 🐢"


def test_when_a_status_or_an_outcome_exists_then_it_has_words() -> None:
    assert set(words.STATUS_SENTENCES) == set(words.STATUS_WORDS) == set(Status)
    assert set(words.OUTCOME_SIGNS) == set(words.OUTCOME_WORDS) == set(Outcome)


def test_when_a_title_is_known_then_it_replaces_the_name() -> None:
    assert words.title("01_freeze_depth") == "01 freeze depth"
    assert words.title("01_freeze_depth", {"01_freeze_depth": "How deep to freeze"}) == "How deep to freeze"
