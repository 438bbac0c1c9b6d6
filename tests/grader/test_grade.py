from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from grader import rubric
from grader.errors import SourceError
from grader.grade import GradeSettings, WeightsNotReadyError, default_jobs, grade, ready_weights, versions
from grader.progress import NoProgress
from grader.records import Graded, Limits, Status
from grader.secret import SEED_VARIABLE
from tests.grader.classroom import RIGHT, hand_in, make_course

DEEP = """\
import os
os.chdir(os.environ["GRADER_EXPORT"])
for _ in range(3000):
    os.mkdir("d"); os.chdir("d")"""


class Heard(NoProgress):
    """Remembers what it was told, and interrupts after as many results as asked."""

    def __init__(self, interrupt_after: int = 1000) -> None:
        self.told: list[str] = []
        self._left = interrupt_after

    def started(self, submissions: int) -> None:
        self.told.append(f"started {submissions}")

    def graded(self, graded: Graded) -> None:
        self.told.append(f"{graded.submission.student} {graded.status}")
        self._left -= 1
        if not self._left:
            raise KeyboardInterrupt

    def finished(self) -> None:
        self.told.append("finished")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GradeSettings:
    course = make_course(tmp_path)
    monkeypatch.setattr(rubric, "FOLDER", course / "rubrics")
    monkeypatch.delenv(SEED_VARIABLE, raising=False)
    source = tmp_path / "class"
    source.mkdir()
    limits = Limits(cell_timeout=240, notebook_timeout=300)
    return GradeSettings(source, tmp_path / "out", limits=limits, sandbox=False, jobs=1, course=course)


def test_when_nothing_can_be_run_then_everything_is_still_written(settings: GradeSettings, tmp_path: Path) -> None:
    hand_in(settings.source, "bo", None)
    roster = tmp_path / "roster.txt"
    roster.write_text("ada\nbo\n", encoding="utf-8")
    heard = Heard()
    results = grade(replace(settings, roster=roster), heard)
    assert [result.status for result in results] == [Status.MISSING, Status.INVALID]
    assert heard.told == ["started 2", "ada missing", "bo invalid", "finished"]
    assert (settings.out / "grades.csv").read_text(encoding="utf-8") == (
        "student,exercise,score,max_score,waiting,status,detail,batch,choice\n"
        "ada,tiny,0,3,0,missing,,0,0\n"
        'bo,tiny,0,3,0,invalid,"tiny.ipynb: it is not the JSON text of a notebook; '
        'open it in JupyterLab, save it and hand it in again.",0,0\n'
    )
    content = json.loads((settings.out / "bo" / "tiny" / "results.json").read_text(encoding="utf-8"))
    assert content["extra_data"]["image_seed"] == "public"
    assert content["extra_data"]["versions"]["python"]
    assert content["extra_data"]["sandboxed"] is False
    page = (settings.out / "bo" / "tiny" / "feedback.html").read_text(encoding="utf-8")
    assert "A tiny exercise" in page
    assert "Graded without a sandbox" in page


def test_when_one_report_cannot_be_written_then_the_others_are(settings: GradeSettings) -> None:
    hand_in(settings.source, "ada", None)
    hand_in(settings.source, "bo", None)
    (settings.out / "ada" / "tiny" / "feedback.html").mkdir(parents=True)
    results = grade(settings, NoProgress())
    assert "could not be written" in results[0].remarks[-1]
    assert (settings.out / "bo" / "tiny" / "feedback.html").is_file()
    assert "ada" in (settings.out / "grades.csv").read_text(encoding="utf-8")


def test_when_it_is_interrupted_then_what_is_done_is_written(settings: GradeSettings) -> None:
    for student in ("ada", "bo", "cy"):
        hand_in(settings.source, student, None)
    heard = Heard(interrupt_after=1)
    with pytest.raises(KeyboardInterrupt):
        grade(settings, heard)
    assert heard.told[-1] == "finished"
    lines = (settings.out / "grades.csv").read_text(encoding="utf-8").splitlines()
    assert 2 <= len(lines) <= 4
    assert lines[1].startswith("ada,tiny,0,3,0,invalid")


@pytest.mark.parametrize("where", [".", "grades", "ada/grades"])
def test_when_out_lies_among_the_submissions_then_nothing_runs(settings: GradeSettings, where: str) -> None:
    hand_in(settings.source, "ada", None)
    with pytest.raises(SourceError, match="choose another --out"):
        grade(replace(settings, out=settings.source / where), NoProgress())


def test_when_out_is_a_file_then_nothing_runs(settings: GradeSettings, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(SourceError, match="is a file"):
        grade(settings, NoProgress())


def test_when_the_course_has_no_exercises_then_a_sentence_says_so(settings: GradeSettings, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no exercises"):
        grade(replace(settings, course=tmp_path / "nowhere"), NoProgress())


def test_when_weights_are_unknown_then_the_sentence_names_them() -> None:
    with pytest.raises(WeightsNotReadyError, match="The weights of NoSuchNet are not ready"):
        ready_weights(("NoSuchNet",))


def test_when_jobs_are_not_given_then_there_is_at_least_one() -> None:
    assert 1 <= default_jobs() <= (psutil.cpu_count() or 1)


def test_when_versions_are_told_then_the_course_and_tensorflow_are_among_them() -> None:
    assert {"python", "tensorflow", "transfer-learning-course"} <= set(versions())


@pytest.mark.slow
def test_when_a_class_is_graded_in_the_sandbox_then_one_bad_notebook_costs_only_itself(
    settings: GradeSettings, tmp_path: Path
) -> None:
    hand_in(settings.source, "ada", RIGHT)
    hand_in(settings.source, "bo", "raise ValueError('<b>no</b>')")
    hand_in(settings.source, "di", "import os; os._exit(3)")
    hand_in(settings.source, "ed", None)
    hand_in(settings.source, "fi", DEEP)
    seed = tmp_path / "seed.txt"
    seed.write_text("correct horse battery staple", encoding="utf-8")
    results = grade(replace(settings, sandbox=True, seed_file=seed, jobs=2), NoProgress())
    assert {result.submission.student: (result.score, result.status) for result in results} == {
        "ada": (3.0, Status.OK),
        "bo": (0.0, Status.ERROR),
        "di": (0.0, Status.CRASHED),
        "ed": (0.0, Status.INVALID),
        "fi": (0.0, Status.OK),
    }
    assert all(result.sandboxed and result.max_score == 3 for result in results)
    assert (settings.out / "ada" / "tiny" / "executed.ipynb").is_file()
    assert not (settings.out / "ed" / "tiny" / "executed.ipynb").exists()
    assert results[0].image_seed not in {"public", ""}


@pytest.mark.slow
def test_when_it_is_interrupted_while_a_notebook_runs_then_its_kernel_ends(settings: GradeSettings) -> None:
    hand_in(settings.source, "ada", None)
    hand_in(settings.source, "bo", "while True: pass")
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    with pytest.raises(KeyboardInterrupt):
        grade(replace(settings, jobs=2), Heard(interrupt_after=1))
    left = {child.pid for child in psutil.Process().children(recursive=True)} - before
    left = {pid for pid in left if "resource_tracker" not in " ".join(psutil.Process(pid).cmdline())}
    assert left == set()
    assert len((settings.out / "grades.csv").read_text(encoding="utf-8").splitlines()) == 2
    assert "1 submission not graded yet" in (settings.out / "index.html").read_text(encoding="utf-8")
