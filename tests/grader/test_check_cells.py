"""Cells of checks alone are told from cells in which something else happens, too."""

from __future__ import annotations

import pytest

from grader.check_cells import calls_check, only_checks, runs_among_other_code

CALL = 'check("01", "train")'


@pytest.mark.parametrize(
    "source", [CALL, f"from grader import check\n\n{CALL}", f"# again\ngrader.{CALL};  # now", f"import grader\n{CALL}"]
)
def test_checks_alone(source: str) -> None:
    assert only_checks(source)


@pytest.mark.parametrize("source", [f"x = 1\n{CALL}", f"answer = {CALL}", f"{CALL}; x = 1", f"%time {CALL}"])
def test_checks_among_other_code(source: str) -> None:
    assert calls_check(source)
    assert not only_checks(source)


@pytest.mark.parametrize("source", ["", "x = 1", "# check(1)", "from grader import check"])
def test_no_checks(source: str) -> None:
    assert not calls_check(source)
    assert not only_checks(source)


def test_outside_of_a_notebook_nothing_is_claimed() -> None:
    assert not runs_among_other_code()
