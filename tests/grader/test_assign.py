from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.assign import assign, differs, leaks, make_exercise, reset
from grader.errors import AssignError, InvalidNotebookError
from grader.notebook import read_notebook, roles, write_notebook
from grader.regions import is_python

ROOT = Path(__file__).resolve().parents[2]
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))

Cell = nbformat.NotebookNode


def role(grade_id: str, **changes: Any) -> dict[str, Any]:
    return {"schema_version": 3, "grade": False, "locked": False, "solution": True, "grade_id": grade_id, **changes}


def locked(grade_id: str) -> dict[str, Any]:
    return role(grade_id, grade=True, locked=True, solution=False, points=2)


def code(source: str, cell_id: str = "cell", nbgrader: Any = None, **metadata: Any) -> Cell:
    return new_code_cell(source, id=cell_id, metadata={**metadata, **({"nbgrader": nbgrader} if nbgrader else {})})


def text(source: str, cell_id: str = "text", nbgrader: Any = None, **metadata: Any) -> Cell:
    return new_markdown_cell(source, id=cell_id, metadata={**metadata, **({"nbgrader": nbgrader} if nbgrader else {})})


def usual_cells() -> list[Cell]:
    ran = code(
        "def double(x):\n    '''Twice.'''\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n",
        "answer",
        role("double", checksum="0" * 32),
        execution={"iopub.status.idle": "2026-01-01"},
        collapsed=True,
    )
    ran.outputs, ran.execution_count = [new_output("stream", text="4\n")], 7
    return [
        text("# Title", "title"),
        code("N = 3", "parameters", tags=["parameters"]),
        code("N = 1", "left", tags=["injected-parameters"]),
        ran,
        code("check()\n### BEGIN HIDDEN TESTS\nsecret()\n### END HIDDEN TESTS", "check", locked("check-double")),
        text("Since it is even.", "why", tags=["solution-only"]),
        text("Because of this.", "written", role("written", grade=True, points=1)),
    ]


def solution(folder: Path, cells: list[Cell], name: str = "01_double") -> Path:
    path = folder / f"{name}.ipynb"
    folder.mkdir(parents=True, exist_ok=True)
    write_notebook(path, new_notebook(cells=cells, metadata={"kernelspec": {"name": "other", "display_name": "Other"}}))
    return path


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    solution(tmp_path / "solutions", usual_cells())
    return tmp_path / "solutions", tmp_path / "exercises"


def test_an_exercise_is_its_solution_without_answers_outputs_and_traces(folders: tuple[Path, Path]) -> None:
    source, target = folders
    result = assign(source, target)
    assert result.written == (target / "01_double.ipynb",)
    exercise = read_notebook(result.written[0])
    assert [cell.id for cell in exercise.cells] == ["title", "parameters", "answer", "check", "written"]
    assert exercise.cells[2].source == "def double(x):\n    '''Twice.'''\n    # Your code here"
    assert exercise.cells[3].source == "check()"
    assert exercise.cells[4].source == "*Your answer here.*"
    assert exercise.cells[2].outputs == [] and exercise.cells[2].execution_count is None
    assert set(exercise.cells[2].metadata) == {"nbgrader", "deletable", "editable"}
    assert exercise.cells[1].metadata == {"tags": ["parameters"]}
    assert "checksum" not in exercise.cells[2].metadata.nbgrader
    assert exercise.cells[2].metadata.editable and not exercise.cells[3].metadata.editable
    assert exercise.metadata.kernelspec == {
        "name": "python3",
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
    }
    assert exercise.metadata.language_info == {"name": "python"}
    assert exercise.metadata.course.exercise == "01_double"
    assert [found.points for found in roles(exercise, target) if found and found.grade] == [2, 1]
    nbformat.validate(exercise)
    assert leaks(source / "01_double.ipynb", result.written[0]) == []


def test_the_same_solution_gives_the_same_bytes_whether_it_ran_or_not(folders: tuple[Path, Path]) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    first = path.read_bytes()
    notebook = read_notebook(source / path.name)
    notebook.cells[3].outputs = []
    notebook.metadata.papermill = {"duration": 3}
    write_notebook(source / path.name, notebook)
    assert assign(source, target).unchanged == (path,)
    path.unlink()
    assign(source, target)
    assert path.read_bytes() == first


def test_one_solution_can_be_named_alone(folders: tuple[Path, Path]) -> None:
    source, target = folders
    solution(source, usual_cells(), "02_other")
    assert assign(source / "02_other.ipynb", target).written == (target / "02_other.ipynb",)


def run_and_saved(path: Path) -> None:
    notebook = read_notebook(path)
    notebook.cells[1].outputs = [new_output("stream", text="3\n")]
    notebook.cells[1].execution_count = 1
    notebook.metadata.language_info.version = "3.12"
    write_notebook(path, notebook)


def edited(path: Path) -> bytes:
    notebook = read_notebook(path)
    notebook.cells[2].source = "def double(x):\n    return x + x"
    write_notebook(path, notebook)
    return path.read_bytes()


def test_an_exercise_that_was_only_run_is_rewritten(folders: tuple[Path, Path]) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    first = path.read_bytes()
    run_and_saved(path)
    assert assign(source, target).written == (path,)
    assert path.read_bytes() == first


def test_an_exercise_that_a_learner_changed_is_refused_also_when_the_solution_changed(
    folders: tuple[Path, Path],
) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    mine = edited(path)
    solution(source, [*usual_cells(), text("More.", "more")])
    result = assign(source, target)
    assert result.written == () and len(result.refused) == 1
    assert "--force" in result.refused[0] and "--reset 01_double" in result.refused[0]
    assert path.read_bytes() == mine
    assert assign(source, target, force=True).written == (path,)
    assert not differs(source / path.name, path)


@pytest.mark.parametrize("content", ["garbage", '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'])
def test_a_file_that_assign_did_not_make_is_never_overwritten(folders: tuple[Path, Path], content: str) -> None:
    source, target = folders
    target.mkdir()
    (target / "01_double.ipynb").write_text(content)
    assert len(assign(source, target).refused) == 1
    assert (target / "01_double.ipynb").read_text() == content


def test_reset_brings_an_exercise_back_and_keeps_every_version(folders: tuple[Path, Path]) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    fresh = path.read_bytes()
    assert reset("01_double", source, target).kept is None
    mine = edited(path)
    first = reset("01_double.ipynb", source, target)
    assert path.read_bytes() == fresh
    assert first.kept == target / "01_double.1.bak.ipynb" and first.kept.read_bytes() == mine
    path.write_text("garbage")
    second = reset("01_double", source, target)
    assert second.kept == target / "01_double.2.bak.ipynb" and second.kept.read_text() == "garbage"
    assert first.kept.read_bytes() == mine
    path.unlink()
    assert reset("01_double", source, target).kept is None and path.read_bytes() == fresh


@pytest.mark.parametrize("name", ["02_none", "../solutions/01_double", "", "/etc/passwd"])
def test_reset_of_an_unknown_exercise_names_the_known_ones(folders: tuple[Path, Path], name: str) -> None:
    with pytest.raises(AssignError, match="there are: 01_double"):
        reset(name, *folders)


BEGIN, END = "### BEGIN SOLUTION\n", "### END SOLUTION\n"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (code(f"a = 1\n{BEGIN}b = 2", nbgrader=role("a")), r"cell 2 \(cell\), line 2: BEGIN SOLUTION has no END"),
        (code(f"a = 1\n{END}", nbgrader=role("a")), r"cell 2 \(cell\), line 2: END SOLUTION has no BEGIN"),
        (code(f"{BEGIN}{BEGIN}{END}{END}", nbgrader=role("a")), r"line 2: BEGIN SOLUTION stands inside"),
        (code(f"x = 1\n{BEGIN}b = 2\n{END}"), "line 2: BEGIN SOLUTION stands outside a solution cell"),
        (code(f"{BEGIN}b = 2\n{END}", nbgrader=locked("a")), "line 1: BEGIN SOLUTION stands outside a solution cell"),
        (text(f"{BEGIN}Since.\n{END}"), r"cell 2 \(text\), line 1: BEGIN SOLUTION stands outside"),
        (code("### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS", nbgrader=role("a")), "outside a graded cell"),
        (code("    # BEGIN SOLUTION\n    a", nbgrader=role("a")), "line 1: a marker stands alone"),
        (code("a = 1", nbgrader=role("a", locked=True)), "locked has no room"),
        (text("Since.", tags=["solution_only"]), "'solution_only' would leak"),
        (text("Since.", tags=["Solution Only"]), "'Solution Only' would leak"),
        (code("a", nbgrader=locked("a"), tags=["solution-only"]), "must not have nbgrader metadata"),
        (code(f"a = (\n{BEGIN}1)\n{END}", nbgrader=role("a")), "with its solution cut out, the cell is no Python"),
        (code("a = ("), "the cell is no Python"),
    ],
)
def test_a_faulty_solution_is_an_error_that_names_notebook_cell_and_line(
    tmp_path: Path, cell: Cell, words: str
) -> None:
    solution(tmp_path / "solutions", usual_cells(), "00_right")
    path = solution(tmp_path / "solutions", [text("# Title", "title"), cell])
    with pytest.raises(AssignError, match=words) as caught:
        assign(path.parent, tmp_path / "exercises")
    assert str(caught.value).startswith("01_double.ipynb, cell 2")
    assert str(caught.value).endswith(".")
    assert not (tmp_path / "exercises").exists()


def test_invalid_metadata_and_missing_solutions_are_errors_too(tmp_path: Path) -> None:
    path = solution(tmp_path / "solutions", [code("a", nbgrader=role("a", extra=1))])
    with pytest.raises(InvalidNotebookError, match="cell 1"):
        assign(path, tmp_path)
    with pytest.raises(AssignError, match="holds no solution notebooks"):
        assign(tmp_path / "nowhere", tmp_path)


def test_leaks_names_each_hidden_line_that_still_stands(folders: tuple[Path, Path]) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    notebook = read_notebook(path)
    notebook.cells[2].source += "\n        return 2 * x"
    notebook.cells[3].source += "\nsecret()"
    notebook.cells[1].outputs = [new_output("stream", text="3")]
    notebook.cells.append(text("Since it is even.", "left"))
    write_notebook(path, notebook)
    assert leaks(source / path.name, path) == [
        "return 2 * x",
        "secret()",
        "Since it is even.",
        "cell 2 (parameters) holds outputs",
    ]


def test_a_line_that_the_solution_also_shows_openly_is_no_leak(tmp_path: Path) -> None:
    cells = [code("import keras", "open"), code(f"{BEGIN}import keras\n{END}", "answer", role("a"))]
    path = solution(tmp_path / "solutions", cells)
    exercise = assign(path, tmp_path / "exercises").written[0]
    assert leaks(path, exercise) == []
    notebook = read_notebook(exercise)
    notebook.cells[1].source += "\nimport keras"
    write_notebook(exercise, notebook)
    assert leaks(path, exercise) == ["import keras"]


def test_differs_sees_a_single_changed_byte_and_a_missing_exercise(folders: tuple[Path, Path]) -> None:
    source, target = folders
    path = assign(source, target).written[0]
    assert not differs(source / path.name, path)
    run_and_saved(path)
    assert differs(source / path.name, path)
    path.unlink()
    assert differs(source / path.name, path)


def test_there_are_solutions() -> None:
    assert SOLUTIONS


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_shipped_exercise_is_generated_and_leaks_nothing(path: Path) -> None:
    exercise = ROOT / "exercises" / path.name
    assert not differs(path, exercise), f"{exercise.name} is not what its solution gives: run python -m grader assign"
    assert leaks(path, exercise) == []


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_the_shipped_exercise_is_a_valid_notebook_of_python(path: Path) -> None:
    exercise = make_exercise(path)
    nbformat.validate(exercise)
    assert all(is_python(cell.source) for cell in exercise.cells if cell.cell_type == "code")
    found = [role for role in roles(exercise, path) if role is not None]
    assert any(role.answer for role in found) and any(role.grade for role in found)


def test_every_shipped_exercise_has_its_solution() -> None:
    exercises = {path.name for path in (ROOT / "exercises").glob("*.ipynb") if not path.name.endswith(".bak.ipynb")}
    assert exercises == {path.name for path in SOLUTIONS}
