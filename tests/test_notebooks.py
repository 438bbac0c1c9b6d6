"""Every notebook keeps to the course's form, reads well as committed, and runs from its first cell to its last."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from papermill.parameterize import parameterize_notebook

from grader import rubric
from tests.variants import COURSE

NOTEBOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))
SOLUTIONS = sorted((COURSE / "solutions").glob("*.ipynb"))
EXERCISES = sorted((COURSE / "exercises").glob("*.ipynb"))
SECONDS_FOR_ONE = 600


def read(path: Path) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    return notebook


def by_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_is_a_notebook_a_solution_and_its_exercise() -> None:
    assert NOTEBOOKS
    assert [path.name for path in SOLUTIONS] == [path.name for path in EXERCISES] != []


@pytest.mark.parametrize("path", NOTEBOOKS + SOLUTIONS + EXERCISES, ids=by_name)
def test_form(path: Path) -> None:
    notebook = read(path)
    code = [cell.source.splitlines() for cell in notebook.cells if cell.cell_type == "code"]
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = [line for text in texts for line in text.splitlines() if line.startswith("# ")]
    assert len(headings) == 1
    assert len(notebook.cells) <= 60
    assert statistics.median(len(lines) for lines in code) <= 6
    assert max(len(lines) for lines in code) <= 25
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert "parameters" in first.metadata.get("tags", [])
    assert notebook.metadata.kernelspec.name == "python3"


@pytest.mark.parametrize("path", NOTEBOOKS + SOLUTIONS, ids=by_name)
def test_committed_as_executed(path: Path) -> None:
    cells = [cell for cell in read(path).cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in cells]
    assert counts == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_every_figure_has_a_text_alternative(path: Path) -> None:
    outputs = [output for cell in read(path).cells for output in cell.get("outputs", [])]
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert figures
    for figure in figures:
        assert len(figure.metadata.get("image/png", {}).get("alt", "")) > 20


@pytest.mark.parametrize("path", EXERCISES, ids=by_name)
def test_exercises_carry_no_outputs(path: Path) -> None:
    for cell in read(path).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=by_name)
def test_runs_and_keeps_its_fixed_outputs(path: Path, tmp_path: Path) -> None:
    notebook = read(path)
    quick = dict(notebook.metadata["course"]["ci_parameters"])
    notebook.metadata["papermill"] = {}
    copy = tmp_path / path.name
    nbformat.write(parameterize_notebook(notebook, quick), copy)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "--nbval-cell-timeout=300",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*command, "--rootdir", str(tmp_path), str(copy)],
        cwd=tmp_path,
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "2"},
        capture_output=True,
        text=True,
        timeout=SECONDS_FOR_ONE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize("exercise", rubric.names())
def test_feedback_points_to_sections_that_exist(exercise: str) -> None:
    for task in rubric.load(exercise).tasks:
        path, section = re.fullmatch(r"(\S+), section “(.+)”", task.see).groups()  # type: ignore[union-attr]
        texts = [cell.source for cell in read(COURSE / path).cells if cell.cell_type == "markdown"]
        headings = [line.lstrip("# 0123456789.") for text in texts for line in text.splitlines() if line[:1] == "#"]
        assert section in headings
