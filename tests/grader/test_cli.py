from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli import DONE, FAILED, NO_SANDBOX, WRONG_USAGE, boxed, main

EXERCISE = "01_vgg16_feature_extraction"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A class of one student who handed in nothing, so that nothing has to run."""
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    return folder


def test_when_help_is_asked_for_then_every_command_and_examples_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    text = capsys.readouterr().out
    for word in ("grade ", "assign ", "check ", "doctor ", "examples:", "exit status:"):
        assert word in text


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "COMMAND"),
        (["mark"], "invalid choice"),
        (["grade", "x"], "--out"),
        (["grade", "x", "--out", "y", "--jobs", "many"], "'many' is no whole number"),
        (["grade", "x", "--out", "y", "--memory", "-1"], "'-1' is no number above 0"),
        (["grade", "x", "--out", "y", "--parameter", "EPOCHS"], "'EPOCHS' is not of the form NAME=VALUE"),
        (["check"], "NOTEBOOK"),
    ],
)
def test_when_the_usage_is_wrong_then_one_sentence_says_how(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == WRONG_USAGE
    message = capsys.readouterr().err
    assert part in message
    assert message.count("\n") == 1


def test_when_the_source_is_missing_then_one_sentence_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["grade", str(tmp_path / "absent"), "--out", str(tmp_path / "out"), "--no-sandbox"]
    assert main(arguments) == WRONG_USAGE
    message = capsys.readouterr().err
    assert "absent does not exist" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--roster", "absent.csv"], "the roster cannot be read"),
        (["--seed-file", "absent.txt"], "the seed file cannot be read"),
        (["--exercise", "99_none"], 'There is no exercise "99_none"'),
    ],
)
def test_when_a_named_thing_is_missing_then_a_sentence_says_which(
    source: Path, tmp_path: Path, words: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["grade", str(source), "--out", str(tmp_path / "out"), "--no-sandbox", *words]
    assert main(arguments) == WRONG_USAGE
    assert part in capsys.readouterr().err


def test_when_there_is_no_sandbox_then_nothing_runs_and_the_status_is_three(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["grade", str(source), "--out", str(tmp_path / "out")]) == NO_SANDBOX
    message = capsys.readouterr().err
    assert "apt install bubblewrap" in message or "needs Linux" in message
    assert "--no-sandbox" in message
    assert not (tmp_path / "out").exists()


def test_when_no_sandbox_is_wanted_then_a_box_says_so_at_start_and_end(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["grade", str(source), "--out", str(out), "--exercise", EXERCISE, "--no-sandbox"]
    assert main(arguments) == DONE
    lines = capsys.readouterr().out.splitlines()
    boxes = [number for number, line in enumerate(lines) if "NO SANDBOX" in line]
    assert boxes[0] == 1
    assert len(boxes) == 2
    text = "\n".join(lines)
    assert f"{EXERCISE}: 1 graded, mean 0 of" in text
    assert f"Grades: {out / 'grades.csv'}" in text
    assert f"Pages:  {out / 'index.html'}" in text
    assert lines[-1].startswith("+---")
    assert (out / "grades.csv").is_file()


def test_when_a_notebook_to_check_is_missing_then_a_sentence_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", str(tmp_path / "absent.ipynb"), "--no-sandbox"]) == WRONG_USAGE
    assert "absent.ipynb does not exist" in capsys.readouterr().err


def test_when_assign_does_not_know_a_name_then_it_lists_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assign", "99_none"]) == WRONG_USAGE
    assert EXERCISE in capsys.readouterr().err
    assert main(["assign", "--reset", "99_none"]) == WRONG_USAGE
    assert EXERCISE in capsys.readouterr().err


def test_when_doctor_finds_something_missing_then_its_status_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["doctor"]) == FAILED
    text = capsys.readouterr().out
    assert "problem  sandbox" in text
    assert "to mend before grading." in text


def test_when_it_is_started_as_a_module_then_the_status_reaches_the_shell(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "grader", "grade", str(tmp_path / "absent"), "--out", "out", "--no-sandbox"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == WRONG_USAGE
    assert "Traceback" not in done.stderr


def test_when_a_text_is_boxed_then_every_line_has_the_same_width() -> None:
    assert (
        len({len(line) for line in boxed("a warning that is longer than one line of the box " * 3).splitlines()}) == 1
    )
