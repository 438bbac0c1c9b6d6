"""The points in an exercise's cells, which nbgrader gives, are those of its rubric."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode

from grader import rubric
from grader.rubric import PERSON
from tests.variants import COURSE


def graded_cells(exercise: str) -> dict[str, NotebookNode]:
    notebook = nbformat.read(COURSE / "solutions" / f"{exercise}.ipynb", as_version=4)
    return {cell.id: cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")}


@pytest.mark.parametrize("exercise", rubric.names())
def test_each_check_cell_has_the_points_that_its_task_can_earn_at_once(exercise: str) -> None:
    loaded = rubric.load(exercise)
    automatic = {task.id: 0.0 for task in loaded.tasks}
    for check in loaded.checks:
        automatic[check.task] += check.points if check.kind != PERSON else 0
    cells = graded_cells(exercise)
    assert {name: cells[f"check-{name}"].metadata.nbgrader.points for name in automatic} == automatic


@pytest.mark.parametrize("exercise", rubric.names())
def test_what_a_person_reads_is_graded_by_hand_in_nbgrader_too(exercise: str) -> None:
    by_hand = {cell.id: cell.metadata.nbgrader for cell in graded_cells(exercise).values() if cell.cell_type != "code"}
    assert all(data.solution and not data.locked for data in by_hand.values())
    assert {name: data.points for name, data in by_hand.items()} == {
        check.id: check.points for check in rubric.load(exercise).checks if check.kind == PERSON
    }
