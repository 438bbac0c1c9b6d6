"""The sample class, graded from end to end as `make grade` does it, with every score, status and decisive sentence."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.sample_class import ABSENT, EXERCISE, STUDENTS, grade

pytestmark = pytest.mark.slow

EXPECTED: dict[str, tuple[str, float]] = {
    "ada": ("ok", 25),
    "ben": ("ok", 0),
    "chloe": ("ok", 0),
    "dev": ("error", 0),
    "emil": ("timeout", 0),
    "fatima": ("ok", 25),
    "gus": ("ok", 0),
    "hana": ("invalid", 0),
    ABSENT: ("missing", 0),
}
"""Student -> status and score."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grades")
    assert grade(folder) == 0
    return folder


def rows(out: Path) -> dict[str, dict[str, str]]:
    with (out / "grades.csv").open(encoding="utf-8", newline="") as table:
        return {row["student"]: row for row in csv.DictReader(table)}


def test_every_student_has_the_expected_status_and_score(out: Path) -> None:
    found = {student: (row["status"], float(row["score"])) for student, row in rows(out).items()}
    assert found == EXPECTED
    assert {float(row["max_score"]) for row in rows(out).values()} == {25.0}


def test_each_has_a_page_and_a_gradescope_file(out: Path) -> None:
    for student in [*STUDENTS, ABSENT]:
        folder = out / student / EXERCISE
        assert student in (folder / "feedback.html").read_text(encoding="utf-8")
        results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        assert results["score"] == EXPECTED[student][1]
        assert sum(test["max_score"] for test in results["tests"]) == 25
