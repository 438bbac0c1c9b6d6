from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from data import pretrained
from grader import doctor
from grader.assign import assign
from grader.doctor import Finding, Level, Setup, diagnose
from tests.grader.classroom import make_course


def _levels(findings: list[Finding]) -> set[Level]:
    return {finding.level for finding in findings}


def _weights(folder: Path, content: bytes = b"weights") -> Path:
    folder.mkdir()
    entry = {"file": "VGG16.npz", "sha256": hashlib.sha256(b"weights").hexdigest(), "arrays": {}}
    (folder / "manifest.json").write_text(json.dumps({"VGG16": entry}), encoding="utf-8")
    (folder / "VGG16.npz").write_bytes(content)
    return folder


def test_when_everything_is_broken_then_every_line_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv(pretrained.CACHE_VARIABLE, str(blocked / "cache"))
    findings = diagnose(Setup(tmp_path, weights=tmp_path / "weights"))
    bad = {finding.topic: finding for finding in findings if finding.level is not Level.OK}
    assert {"packages", "sandbox", "weights", "cache", "exercises"} <= set(bad)
    assert all(finding.advice for finding in bad.values())
    assert "bubblewrap" in bad["sandbox"].advice


def test_when_a_look_itself_fails_then_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").mkdir()
    weights = tmp_path / "weights"
    weights.mkdir()
    (weights / "manifest.json").write_text("no JSON", encoding="utf-8")
    findings = diagnose(Setup(tmp_path, weights=weights))
    found = {finding.topic: finding.level for finding in findings}
    assert found["weights"] is Level.PROBLEM
    assert found["python"] is Level.OK
    assert "exercises" in found


@pytest.mark.parametrize(
    ("version", "level"),
    [
        ((3, 10), Level.PROBLEM),
        ((3, 11), Level.OK),
        ((3, 13, 2), Level.OK),
        ((3, 14), Level.PROBLEM),
    ],
)
def test_when_python_is_not_supported_then_it_is_a_problem(version: tuple[int, ...], level: Level) -> None:
    assert doctor.python_version(version).level is level


def test_when_packages_differ_then_missing_is_worse_than_another_version(tmp_path: Path) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text("-e .\n# a comment\npytest==0.0.1  # old\nno-such-package-here==1\n", encoding="utf-8")
    levels = {finding.found.split()[0]: finding.level for finding in doctor.packages(path)}
    assert levels == {"pytest": Level.WARNING, "no-such-package-here": Level.PROBLEM}
    path.write_text("pytest>=1\nno-such-package-here==1; python_version < '3'\n", encoding="utf-8")
    assert [finding.found for finding in doctor.packages(path)] == ["all 1 are the tested ones"]


@pytest.mark.parametrize(("free", "level"), [(1e9, Level.PROBLEM), (3e9, Level.WARNING), (5e9, Level.OK)])
def test_when_memory_is_short_then_the_level_says_how_much(free: float, level: Level) -> None:
    assert doctor.memory(free).level is level


@pytest.mark.parametrize(("count", "level"), [(1, Level.WARNING), (2, Level.OK)])
def test_when_there_is_one_core_then_it_is_a_warning(count: int, level: Level) -> None:
    assert doctor.cores(count).level is level


def test_when_the_cache_does_not_exist_yet_then_its_disk_is_still_found(tmp_path: Path) -> None:
    assert str(tmp_path) in doctor.disk(tmp_path / "a" / "b", "cache").found


def test_when_weights_are_intact_then_it_says_so(tmp_path: Path) -> None:
    assert _levels(doctor.weights(_weights(tmp_path / "weights"))) == {Level.OK}


def test_when_weights_are_damaged_or_missing_then_it_is_a_problem(tmp_path: Path) -> None:
    folder = _weights(tmp_path / "weights", b"weightz")
    assert "damaged" in doctor.weights(folder)[0].found
    (folder / "VGG16.npz").unlink()
    assert "missing" in doctor.weights(folder)[0].found
    assert _levels(doctor.weights(tmp_path)) == {Level.PROBLEM}


def test_when_the_cache_can_be_written_then_nothing_is_left_in_it(tmp_path: Path) -> None:
    assert doctor.cache(tmp_path / "cache").level is Level.OK
    assert list((tmp_path / "cache").iterdir()) == []


def test_when_exercises_differ_from_their_solutions_then_assign_is_named(tmp_path: Path) -> None:
    course = make_course(tmp_path)
    assert "is missing" in doctor.exercises(course)[0].found
    assign(course / "solutions", course / "exercises")
    assert _levels(doctor.exercises(course)) == {Level.OK}
    path = course / "exercises" / "tiny.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (finding,) = doctor.exercises(course)
    assert finding.level is Level.WARNING
    assert finding.advice == "run `python -m grader assign tiny`."


def test_when_a_finding_is_printed_then_the_advice_is_below() -> None:
    assert str(Finding(Level.PROBLEM, "cache", "full", "make room.")).splitlines() == [
        "problem  cache        full",
        "                      -> make room.",
    ]
