"""The sample class, graded from end to end as `make grade` does it, with every score, status and decisive sentence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from grader import exercise as exercises
from grader import rubric
from grader.records import Evidence, Graded, Json, Status, Submission
from grader.report import gradescope
from grader.score import score
from tests.expected import Student, faults
from tests.sample_class import ABSENT, grade, the_class, told
from tests.variants import SOLUTION

CLASS = the_class()
FIRST = "01_vgg16_feature_extraction"
HANDED_IN = [(exercise, student) for exercise, known in CLASS.items() for student in known.students]
MISSING = [(exercise, Student(ABSENT, "", 0, "missing", ("The folder is empty.",))) for exercise in CLASS]
SUBMISSIONS = [*HANDED_IN, *MISSING]
JUDGED = [
    (exercise, student)
    for exercise, student in HANDED_IN
    if student.answers == SOLUTION or student.answers in CLASS[exercise].wrong
]

Rows = dict[tuple[str, str], dict[str, str]]
"""Student and exercise -> the row of the table."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grades")
    assert grade(folder) == 0
    return folder


@pytest.fixture(scope="module")
def rows(out: Path) -> Rows:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        return {(row["student"], row["exercise"]): row for row in csv.DictReader(table)}


def results(out: Path, student: str, exercise: str) -> Json:
    return json.loads((out / student / exercise / "results.json").read_text(encoding="utf-8"))


def test_a_right_and_a_wrong_answer_to_every_exercise_are_handed_in() -> None:
    assert tuple(CLASS) == exercises.known()
    for known in CLASS.values():
        answers = {student.answers for student in known.students}
        assert SOLUTION in answers
        assert any(name.startswith("wrong_") for name in answers)


def test_the_results_of_checks_are_read_back_as_they_were_written() -> None:
    results = score(rubric.load(FIRST), Evidence({}))
    graded = Graded(Submission("ada", FIRST, None), Status.OK, "", results, (), 1.0, True, "", "public", {})
    assert list(told(gradescope.results(graded)).values()) == list(results)


@pytest.mark.slow
def test_every_submission_has_the_expected_status_and_score(rows: Rows) -> None:
    found = {who: (row["status"], float(row["score"]), float(row["max_score"])) for who, row in rows.items()}
    assert found == {
        (student.name, exercise): (student.status, student.score, CLASS[exercise].points)
        for exercise, student in SUBMISSIONS
    }


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "student"), SUBMISSIONS, ids=lambda part: getattr(part, "name", part))
def test_each_has_a_page_and_a_file_for_gradescope_with_the_decisive_sentences(
    out: Path, exercise: str, student: Student
) -> None:
    page = (out / student.name / exercise / "feedback.html").read_text(encoding="utf-8")
    assert student.name in page
    found = results(out, student.name, exercise)
    tests = found["tests"]
    assert found["score"] == student.score
    assert sum(test["max_score"] for test in tests) == CLASS[exercise].points
    said = "\n".join([str(found["output"]), *(test["output"] for test in tests)])
    assert [sentence for sentence in student.says if sentence not in said] == []


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "student"), JUDGED, ids=lambda part: getattr(part, "name", part))
def test_right_answers_pass_and_wrong_ones_lose_what_they_should(out: Path, exercise: str, student: Student) -> None:
    checks = told(results(out, student.name, exercise))
    assert faults(CLASS[exercise], student.answers, checks, measured=True) == ()


@pytest.mark.slow
def test_freezing_after_training_costs_the_points_for_freezing_though_the_counts_are_right(rows: Rows) -> None:
    row = rows["chloe", FIRST]
    earned = {name.partition(":")[2]: points for name, points in row.items() if name.startswith(f"{FIRST}:")}
    assert {earned[check] for check in ("base-frozen", "base-kept", "trainable-parameters")} == {"0"}
    assert (earned["base-pretrained"], earned["head-layers"], earned["loss"]) == ("2", "3", "1")


@pytest.mark.slow
def test_what_was_earned_before_a_crash_or_a_loop_is_kept(rows: Rows) -> None:
    for student in ("dev", "emil"):
        row = rows[student, FIRST]
        earned = tuple(row[f"{FIRST}:{check}"] for check in ("base-frozen", "head-layers", "preprocessing"))
        assert earned == ("2", "3", "2")


@pytest.mark.slow
def test_the_index_names_everybody(out: Path) -> None:
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(student.name in index for _, student in SUBMISSIONS)
