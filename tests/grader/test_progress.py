from __future__ import annotations

from pathlib import Path

import pytest

from grader.progress import NoProgress, TerminalProgress, result_line, short_table
from grader.records import CheckResult, Graded, Outcome, Status, Submission


def _graded(student: str, status: Status, earned: float, detail: str = "") -> Graded:
    result = CheckResult("c", "t", "C", "recomputed", 4, earned, Outcome.FAILED)
    submission = Submission(student, "tiny", Path("x"))
    return Graded(submission, status, detail, (result,), (), 1.0, True, "digest", "public", {})


def test_when_a_submission_is_graded_then_its_line_says_who_what_and_why() -> None:
    line = result_line(_graded("ada", Status.TIMEOUT, 1.5, "The cell\nran too long."))
    assert " ".join(line.split()) == "ada / tiny 1.5 of 4 time limit: The cell ran too long."


def test_when_a_name_is_hostile_then_the_terminal_is_safe() -> None:
    assert "\x1b" not in result_line(_graded("\x1b[2J", Status.OK, 0, "\x1b]0;x\x07"))


def test_when_work_goes_on_then_lines_are_printed_between(capsys: pytest.CaptureFixture[str]) -> None:
    progress = TerminalProgress()
    progress.started(1)
    progress.graded(_graded("ada", Status.OK, 4))
    progress.finished()
    captured = capsys.readouterr()
    assert " ".join(captured.out.split()) == "ada / tiny 4 of 4 ran to the end"
    # No bar where there is no terminal to draw it on.
    assert captured.err == ""


def test_when_nothing_was_started_then_finishing_is_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    TerminalProgress().finished()
    silent = NoProgress()
    silent.started(1)
    silent.graded(_graded("ada", Status.OK, 4))
    silent.finished()
    assert capsys.readouterr().out == ""


def test_when_all_is_done_then_the_table_counts_statuses() -> None:
    results = (_graded("a", Status.OK, 4), _graded("b", Status.OK, 1), _graded("c", Status.CRASHED, 1))
    lines = [" ".join(line.split()) for line in short_table(results).splitlines()]
    assert lines == ["tiny: 3 graded, mean 2 of 4", "1 crashed crashed", "2 ok ran to the end"]
    assert short_table(()) == ""
