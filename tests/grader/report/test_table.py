from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from grader.records import Graded, Submission
from grader.report.table import grades_csv


def test_when_one_exercise_is_graded_then_the_table_is_exact(graded: Graded) -> None:
    assert grades_csv([graded]) == (
        "student,exercise,score,max_score,waiting,status,detail,prepare,base-frozen,loss\n"
        "ada,01_vgg16_feature_extraction,2.5,6.5,1,error,"
        "Cell 12 (train) stopped with NameError: name 'hed' is not defined.,2,0,waiting\n"
    )


def test_when_several_exercises_are_graded_then_columns_carry_the_exercise(graded: Graded) -> None:
    other = replace(graded, submission=Submission('Bo, the "2nd"', "02_b", None), results=graded.results[:1], detail="")
    assert grades_csv([other, replace(graded, detail="")]) == (
        "student,exercise,score,max_score,waiting,status,detail,01_vgg16_feature_extraction:prepare,"
        "01_vgg16_feature_extraction:base-frozen,01_vgg16_feature_extraction:loss,02_b:prepare\n"
        "ada,01_vgg16_feature_extraction,2.5,6.5,1,error,,2,0,waiting,\n"
        '"Bo, the ""2nd""",02_b,2,2,0,error,,,,,2\n'
    )


def test_when_a_check_is_called_like_a_fixed_column_then_both_columns_stay(graded: Graded) -> None:
    clash = replace(graded, results=(replace(graded.results[0], check="score"),))
    row = next(csv.DictReader(io.StringIO(grades_csv([clash]))))
    assert (row["score"], row["check:score"]) == ("2", "2")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])  # noqa: RUF001
def test_when_a_name_is_a_formula_then_an_apostrophe_disarms_it(graded: Graded, name: str) -> None:
    row = next(csv.DictReader(io.StringIO(grades_csv([replace(graded, submission=Submission(name, "e", None))]))))
    assert row["student"].startswith("'")


@pytest.mark.parametrize("name", ["Zoë Ångström", "O'Neill", "s-123", "李雷"])
def test_when_a_name_is_harmless_then_it_stays_as_given(graded: Graded, name: str) -> None:
    row = next(csv.DictReader(io.StringIO(grades_csv([replace(graded, submission=Submission(name, "e", None))]))))
    assert row["student"] == name


def test_when_the_detail_has_lines_then_the_submission_is_still_one_line(graded: Graded) -> None:
    assert len(grades_csv([replace(graded, detail="one\r\ntwo\n=three")]).splitlines()) == 2


def test_when_the_text_is_hostile_then_the_table_can_be_saved(hostile: Graded) -> None:
    grades_csv([hostile]).encode("utf-8")


def test_when_nobody_was_graded_then_the_header_is_there() -> None:
    assert grades_csv([]) == "student,exercise,score,max_score,waiting,status,detail\n"
