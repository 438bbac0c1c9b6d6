import os
import zipfile
from pathlib import Path

import pytest
from nbformat.v4 import new_notebook

from grader.collect import collect
from grader.errors import GraderError, RosterError, SourceError
from grader.notebook import notebook_text
from grader.records import Submission

ONE, TWO = "01_vgg16_feature_extraction", "02_freeze_depth"
BOTH = (ONE, TWO)


def put(path: Path, exercise: str | None = None, age: float = 0.0) -> Path:
    """A notebook at ``path`` that is ``age`` seconds old, with what assign writes into it for ``exercise``."""
    notebook = new_notebook(metadata={"course": {"exercise": exercise}} if exercise else {})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(notebook_text(notebook))
    moment = 1_700_000_000 - age
    os.utime(path, (moment, moment))
    return path


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(folder).as_posix())
    return target


def told(submissions: tuple[Submission, ...], folder: Path) -> list[tuple[str, str, str | None]]:
    return [
        (each.student, each.exercise, each.path.relative_to(folder).as_posix() if each.path else None)
        for each in submissions
    ]


def test_folders_by_student_are_found_in_the_order_of_names_and_exercises(tmp_path: Path) -> None:
    put(tmp_path / "bob" / f"{ONE}.ipynb")
    put(tmp_path / "alice" / f"{TWO}.ipynb")
    put(tmp_path / "alice" / f"{ONE}.ipynb")
    assert told(collect(tmp_path, BOTH), tmp_path) == [
        ("alice", ONE, f"alice/{ONE}.ipynb"),
        ("alice", TWO, f"alice/{TWO}.ipynb"),
        ("bob", ONE, f"bob/{ONE}.ipynb"),
    ]


def test_the_nbgrader_tree_is_found_by_notebook_or_by_assignment(tmp_path: Path) -> None:
    put(tmp_path / "alice" / "ps1" / f"{ONE}.ipynb")
    put(tmp_path / "bob" / ONE / "solution.ipynb")
    (tmp_path / "bob" / ONE / "timestamp.txt").write_text("2026-01-01")
    assert told(collect(tmp_path, BOTH), tmp_path) == [
        ("alice", ONE, f"alice/ps1/{ONE}.ipynb"),
        ("bob", ONE, f"bob/{ONE}/solution.ipynb"),
    ]


def test_checkpoints_backups_links_and_foreign_files_are_left_out(tmp_path: Path) -> None:
    put(tmp_path / "alice" / f"{ONE}.ipynb", age=9)
    put(tmp_path / "alice" / ".ipynb_checkpoints" / f"{ONE}-checkpoint.ipynb")
    put(tmp_path / "alice" / f"{ONE}.1.bak.ipynb", ONE)
    put(tmp_path / "alice" / "notes.ipynb")
    secret = put(tmp_path.parent / f"{tmp_path.name}-secret" / f"{TWO}.ipynb")
    (tmp_path / "alice" / f"{TWO}.ipynb").symlink_to(secret)
    (tmp_path / "mallory").symlink_to(secret.parent)
    found = collect(tmp_path, BOTH)
    assert told(found, tmp_path) == [("alice", ONE, f"alice/{ONE}.ipynb")]
    assert found[0].remarks == ()


def test_a_renamed_notebook_is_recognised_by_what_assign_wrote_into_it(tmp_path: Path) -> None:
    put(tmp_path / "alice" / "my homework.ipynb", ONE)
    put(tmp_path / "bob" / "other.ipynb", "99_unknown")
    put(tmp_path / "carol" / f"{ONE} (1).ipynb")
    found = collect(tmp_path, BOTH)
    assert told(found, tmp_path) == [
        ("alice", ONE, "alice/my homework.ipynb"),
        ("bob", ONE, None),
        ("carol", ONE, f"carol/{ONE} (1).ipynb"),
    ]
    assert found[1].remarks == ("No notebook of this exercise was handed in, only: other.ipynb.",)


def test_garbage_is_collected_by_its_name_and_raises_nothing(tmp_path: Path) -> None:
    (tmp_path / "alice").mkdir()
    (tmp_path / "alice" / f"{ONE}.ipynb").write_bytes(b"\xff\x00garbage")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "homework.ipynb").write_bytes(b"\xff\x00garbage")
    (tmp_path / "carol").mkdir()
    (tmp_path / "dave" / f"{ONE}.ipynb").mkdir(parents=True)
    (tmp_path / "readme.txt").write_text("hello")
    found = collect(tmp_path, BOTH)
    assert told(found, tmp_path) == [
        ("alice", ONE, f"alice/{ONE}.ipynb"),
        ("bob", ONE, None),
        ("carol", ONE, None),
        ("dave", ONE, None),
    ]
    assert found[2].remarks == ("The folder is empty.",)


def test_a_copy_beside_the_notebook_is_not_taken(tmp_path: Path) -> None:
    put(tmp_path / "alice" / f"{ONE}.ipynb", age=100)
    put(tmp_path / "alice" / f"{ONE}-Copy1.ipynb")
    (found,) = collect(tmp_path, BOTH)
    assert found.path == tmp_path / "alice" / f"{ONE}.ipynb"
    assert found.remarks == (f"Handed in 2 times: {ONE}.ipynb was taken, not {ONE}-Copy1.ipynb.",)


def test_flat_downloads_say_whose_they_are_and_which_is_newest(tmp_path: Path) -> None:
    put(tmp_path / f"doe_jane_12345_{ONE}.ipynb")
    put(tmp_path / f"roeric_LATE_222_3333_{ONE}.ipynb")
    put(tmp_path / f"poe_4_50_{ONE}-1.ipynb", age=5)
    put(tmp_path / f"poe_4_51_{ONE}-2.ipynb", age=50)
    put(tmp_path / f"poe_4_49_{ONE}.ipynb")
    put(tmp_path / "moe_6_60_my work.ipynb", TWO)
    put(tmp_path / "noe_7_70_something.ipynb")
    found = collect(tmp_path, BOTH)
    assert told(found, tmp_path) == [
        ("doe_jane", ONE, f"doe_jane_12345_{ONE}.ipynb"),
        ("moe", TWO, "moe_6_60_my work.ipynb"),
        ("noe", ONE, None),
        ("noe", TWO, None),
        ("poe", ONE, f"poe_4_51_{ONE}-2.ipynb"),
        ("roeric", ONE, f"roeric_LATE_222_3333_{ONE}.ipynb"),
    ]
    assert found[4].remarks[0].startswith(f"Handed in 3 times: poe_4_51_{ONE}-2.ipynb was taken, not ")
    assert found[5].remarks == ("The LMS marks it as late.",)


def test_moodle_folders_are_students(tmp_path: Path) -> None:
    put(tmp_path / "Jane Doe_123_assignsubmission_file_" / f"{ONE}.ipynb")
    put(tmp_path / "Bob Roe_124_assignsubmission_file" / "sub" / f"{ONE}.ipynb")
    (tmp_path / "Zoë_125_assignsubmission_onlinetext_").mkdir()
    assert [(each.student, each.path is None) for each in collect(tmp_path, BOTH)] == [
        ("Bob Roe", False),
        ("Jane Doe", False),
        ("Zoë", True),
    ]


def test_students_of_one_name_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path / f"doe_1_10_{ONE}.ipynb")
    put(tmp_path / f"doe_2_20_{ONE}.ipynb")
    put(tmp_path / "DOE" / f"{ONE}.ipynb")
    names = [each.student for each in collect(tmp_path, BOTH)]
    assert len({name.casefold() for name in names}) == 3
    assert "doe_2" in names


def test_names_are_made_safe(tmp_path: Path) -> None:
    put(tmp_path / "=cmd()|x" / f"{ONE}.ipynb")
    put(tmp_path / ("n" * 200) / f"{ONE}.ipynb")
    assert [each.student for each in collect(tmp_path, BOTH)] == ["_cmd_x", "n" * 64]


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_zip_is_read_like_the_folder_in_it(tmp_path: Path, wrapped: bool) -> None:
    inner = tmp_path / "in" / "download" if wrapped else tmp_path / "in"
    put(inner / "alice" / f"{ONE}.ipynb")
    put(inner / f"doe_1_10_{TWO}.ipynb")
    path = zipped(tmp_path / "in", tmp_path / "download.zip")
    found = collect(path, BOTH, scratch=tmp_path / "scratch")
    assert [(each.student, each.exercise) for each in found] == [("alice", ONE), ("doe", TWO)]
    assert all(each.path and each.path.is_relative_to(tmp_path / "scratch") for each in found)
    assert collect(path, BOTH, scratch=tmp_path / "scratch")[0].path != found[0].path


def test_a_zip_of_one_student_keeps_the_student(tmp_path: Path) -> None:
    put(tmp_path / "in" / "alice" / f"{ONE}.ipynb")
    found = collect(zipped(tmp_path / "in", tmp_path / "a.zip"), BOTH, scratch=tmp_path / "scratch")
    assert [each.student for each in found] == ["alice"]


def test_a_zip_that_escapes_leaves_nothing_outside_and_the_rest_is_collected(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"../../{ONE}.ipynb", "{}")
        file.writestr(f"alice/{ONE}.ipynb", "{}")
        file.writestr(f"bob/{ONE}.ipynb", b"0" * 20_000_001, compress_type=zipfile.ZIP_DEFLATED)
    found = collect(path, BOTH, scratch=tmp_path / "scratch")
    assert [each.student for each in found] == ["alice", "bob"]
    assert "larger than 20 MB" in found[1].remarks[0]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.zip", "scratch"]


def test_a_single_notebook_is_a_submission_of_its_folder(tmp_path: Path) -> None:
    path = put(tmp_path / "alice" / f"{ONE}.ipynb")
    assert collect(path, BOTH) == (Submission("alice", ONE, path),)
    flat = put(tmp_path / f"doe_1_10_{ONE}.ipynb")
    assert collect(flat, BOTH) == (Submission("doe", ONE, flat),)
    odd = put(tmp_path / "alice" / "odd.ipynb")
    (found,) = collect(odd, (ONE,))
    assert (found.student, found.exercise) == ("alice", ONE) and "taken for" in found.remarks[0]
    with pytest.raises(SourceError, match=r"odd\.ipynb is none of the exercises"):
        collect(odd, BOTH)


def test_a_roster_shows_who_handed_in_nothing_and_who_is_not_on_it(tmp_path: Path) -> None:
    put(tmp_path / "class" / "alice" / f"{ONE}.ipynb")
    put(tmp_path / "class" / "mallory" / f"{ONE}.ipynb")
    roster = tmp_path / "roster.csv"
    roster.write_text("id,student\n1,Alice\n2,bob\n")
    found = collect(tmp_path / "class", BOTH, roster)
    assert [(each.student, each.exercise, each.path is None) for each in found] == [
        ("alice", ONE, False),
        ("bob", ONE, True),
        ("mallory", ONE, False),
    ]
    assert [each.remarks for each in found] == [(), (), ("This student is not on the roster.",)]


def test_an_empty_folder_with_a_roster_misses_every_exercise(tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    roster = tmp_path / "roster.txt"
    roster.write_text("alice\n")
    found = collect(tmp_path / "class", BOTH, roster)
    assert [(each.student, each.exercise, each.path) for each in found] == [("alice", ONE, None), ("alice", TWO, None)]


@pytest.mark.parametrize("name", ["missing", "missing.zip", "file.txt", "empty", "broken.zip"])
def test_a_source_that_cannot_be_used_is_one_clear_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("text")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    with pytest.raises(SourceError) as caught:
        collect(tmp_path / name, BOTH, scratch=tmp_path / "scratch")
    assert name in str(caught.value) and str(caught.value).endswith(".")
    assert isinstance(caught.value, GraderError)


def test_a_roster_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "class" / "alice" / f"{ONE}.ipynb")
    with pytest.raises(RosterError):
        collect(tmp_path / "class", BOTH, tmp_path / "missing.csv")
