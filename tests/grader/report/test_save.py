from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.records import Graded, Submission
from grader.report.save import save_class, save_submission, submission_folder


def test_when_a_submission_is_saved_then_its_three_files_are_there(graded: Graded, tmp_path: Path) -> None:
    executed = tmp_path / "private" / "executed.ipynb"
    executed.parent.mkdir()
    executed.write_text("{}", encoding="utf-8")
    saved = save_submission(tmp_path / "out", replace(graded, executed=executed))
    folder = tmp_path / "out" / "ada" / "01_vgg16_feature_extraction"
    assert sorted(path.name for path in folder.iterdir()) == ["executed.ipynb", "feedback.html", "results.json"]
    assert saved.executed == folder / "executed.ipynb"


def test_when_nothing_ran_this_time_then_the_old_executed_notebook_goes(graded: Graded, tmp_path: Path) -> None:
    old = tmp_path / "ada" / "01_vgg16_feature_extraction" / "executed.ipynb"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    assert save_submission(tmp_path, graded).executed is None
    assert not old.exists()


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../../x", "a/b", "a\\b", "\0", "grades.csv", "INDEX.html", "C:x", "x\n"]
)
def test_when_a_name_is_hostile_then_its_folder_is_inside_and_its_own(name: str, tmp_path: Path) -> None:
    folder = submission_folder(Submission(name, "e", None))
    assert len(folder.parts) == 2
    assert not set(folder.parts) & {"..", "."}
    assert folder.parts[0].lower() not in {"grades.csv", "index.html"}
    assert (tmp_path / folder).resolve().is_relative_to(tmp_path.resolve())


def test_when_a_student_is_called_like_the_table_then_both_are_kept(graded: Graded, tmp_path: Path) -> None:
    clash = save_submission(tmp_path, replace(graded, submission=Submission("grades.csv", "e", None)))
    save_class(tmp_path, [clash])
    assert (tmp_path / "grades.csv").is_file()
    assert 'href="grades.csv_/e/feedback.html"' in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert (tmp_path / "grades.csv_" / "e" / "feedback.html").is_file()
