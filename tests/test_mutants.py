"""The table counts what was caught and what passed, and an answer that breaks counts as missed."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import pytest

from tests.expected import expected
from tests.judging import Answer, Results
from tests.mutants import main, table, verdict

KNOWN = expected("01_vgg16_feature_extraction")


def test_the_table_counts_each_kind_of_answer() -> None:
    known = replace(KNOWN, wrong={name: KNOWN.wrong[name] for name in list(KNOWN.wrong)[:3]})
    found: dict[Answer, tuple[str, ...]] = {Answer(known.exercise, name): () for name in (*known.right, *known.wrong)}
    right = len(known.right)
    assert table([known], found).splitlines()[1].split("  ")[-1].strip() == f"{right} of {right}"
    found[Answer(known.exercise, list(known.wrong)[1])] = ("loss is passed, and not failed",)
    found[Answer(known.exercise, "solution")] = ("loss is failed",)
    assert table([known], found).splitlines() == [
        f"{'exercise':<32}{'wrong answers caught':>22}{'right answers passed':>22}",
        f"{known.exercise:<32}{'2 of 3':>22}{f'{right - 1} of {right}':>22}",
    ]


def test_an_answer_whose_cell_raises_has_that_as_its_fault() -> None:
    future: Future[Results] = Future()
    future.set_exception(NameError("name 'base' is not defined"))
    assert verdict(KNOWN, "solution", future) == ("it raised NameError: name 'base' is not defined",)


def test_an_answer_without_results_is_at_fault() -> None:
    future: Future[Results] = Future()
    future.set_result({})
    assert verdict(KNOWN, "solution", future) == ("the checks have 0 points together, and not 30",)


def test_an_unknown_exercise_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["09_none"])
    assert ended.value.code == 2
    assert "there are no answers to 09_none" in capsys.readouterr().err
