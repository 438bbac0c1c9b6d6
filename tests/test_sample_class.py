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
    "ben": ("ok", 13),
    "chloe": ("ok", 13),
    "dev": ("error", 18),
    "emil": ("timeout", 14),
    "fatima": ("ok", 25),
    "gus": ("ok", 0),
    "hana": ("invalid", 0),
    ABSENT: ("missing", 0),
}
"""Student -> status and score."""

SENTENCES: dict[str, tuple[str, ...]] = {
    "ben": ("0 frozen parameters and 14,714,688 that would be trained", "in the base, which is not frozen"),
    "chloe": (
        "The summary counts 14,714,688 frozen parameters, but 26 of 26 weight arrays of the base differ from the "
        "pretrained ones: they were trained first and frozen afterwards, or frozen without compiling again.",
    ),
    "dev": ("Argument(s) not recognized: {'lr': 0.001}", "`model` was not compiled."),
    "emil": ("was stopped: it ran longer than 100 seconds", "Task train was not reached: nothing was exported."),
    "fatima": (
        "Locked cells were deleted and are back: 'contract', 'task-model', 'check-model'.",
        "The answer cell 'base' was there 2 times; the last that is not empty was taken.",
    ),
    "gus": ("`base` is not defined; run the task's cell, and use exactly this name.",),
    "hana": ("it is not the JSON text of a notebook",),
    ABSENT: ("Nothing was handed in.",),
}
"""Student -> what the results say, word for word."""


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


@pytest.mark.parametrize("student", sorted(SENTENCES))
def test_the_decisive_sentences_are_said(out: Path, student: str) -> None:
    results = json.loads((out / student / EXERCISE / "results.json").read_text(encoding="utf-8"))
    said = "\n".join([results["output"], *(test["output"] for test in results["tests"])])
    for sentence in SENTENCES[student]:
        assert sentence in said


def test_freezing_after_training_costs_the_points_for_freezing_though_the_counts_are_right(out: Path) -> None:
    chloe = rows(out)["chloe"]
    assert (chloe["base-frozen"], chloe["base-kept"], chloe["trainable-parameters"]) == ("0", "0", "0")
    assert (chloe["base-pretrained"], chloe["head-layers"], chloe["loss"]) == ("2", "3", "1")


def test_what_was_earned_before_a_crash_or_a_loop_is_kept(out: Path) -> None:
    for student in ("dev", "emil"):
        row = rows(out)[student]
        assert (row["base-frozen"], row["head-layers"], row["preprocessing"]) == ("2", "3", "2")


def test_the_index_names_everybody(out: Path) -> None:
    index = (out / "index.html").read_text(encoding="utf-8")
    assert all(student in index for student in [*STUDENTS, ABSENT])
