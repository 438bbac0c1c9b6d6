import copy
import random
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from grader.notebook import role_of
from grader.restore import restore


def role(grade_id: str, **changes: Any) -> dict[str, Any]:
    found = {"schema_version": 3, "grade": False, "locked": False, "solution": True, "grade_id": grade_id, **changes}
    return {"nbgrader": found}


def locked(grade_id: str, **changes: Any) -> dict[str, Any]:
    return role(grade_id, locked=True, solution=False, **changes)


def pristine() -> NotebookNode:
    def check(task: str) -> NotebookNode:
        source = f'from grader import check\n\ncheck("01_double", "{task}")'
        return new_code_cell(source, id=f"id-check-{task}", metadata=locked(f"check-{task}", grade=True, points=2))

    cells = [
        new_markdown_cell("# Title", id="id-title", metadata=locked("title")),
        new_code_cell("N = 3", id="id-parameters", metadata={**locked("parameters"), "tags": ["parameters"]}),
        new_code_cell("import math", id="id-free"),
        new_code_cell("# Your code here", id="id-a", metadata=role("a")),
        check("a"),
        new_code_cell("def b():\n    # Your code here\n    ...", id="id-b", metadata=role("b")),
        check("b"),
        new_markdown_cell("*Your answer here.*", id="id-why", metadata=role("why", grade=True, points=1)),
    ]
    return new_notebook(cells=cells, metadata={"course": {"exercise": "01_double"}})


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def answered() -> NotebookNode:
    notebook = pristine()
    cell_of(notebook, "id-a").source = "a = 1"
    cell_of(notebook, "id-b").source = "def b():\n    return 2"
    cell_of(notebook, "id-why").source = "Since it is even."
    return notebook


def sources(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def fixed_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if (found := role_of(cell)) is not None and found.fixed]


def test_answers_lie_in_their_places_without_outputs_and_nothing_is_remarked() -> None:
    given = answered()
    given.cells[3].outputs = [new_output("stream", text="1")]
    given.cells[4].outputs = [new_output("stream", text="10 of 10")]
    before = copy.deepcopy(given)
    restored = restore(pristine(), given)
    assert sources(restored.notebook) == sources(answered())
    assert [cell.id for cell in restored.notebook.cells] == [cell.id for cell in pristine().cells]
    assert all(not cell.get("outputs") for cell in restored.notebook.cells)
    assert restored.remarks == ()
    assert given == before
    nbformat.validate(restored.notebook)


def test_lost_ids_are_made_up_for_by_grade_ids() -> None:
    given = answered()
    for number, cell in enumerate(given.cells):
        cell.id = f"new-{number}"
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").source == "a = 1"
    assert cell_of(restored.notebook, "id-why").source == "Since it is even."
    assert restored.remarks == ("The cell 'id-free' was missing and is back as it was handed out.",)


def test_when_ids_and_metadata_are_lost_nothing_is_guessed() -> None:
    given = answered()
    for number, cell in enumerate(given.cells):
        cell.id, cell.metadata = f"new-{number}", NotebookNode()
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").source == "# Your code here"
    assert fixed_cells(restored.notebook) == fixed_cells(pristine())
    assert "No cell could be recognised" in restored.remarks[0]


def test_an_edited_locked_cell_is_replaced_whatever_stands_in_it() -> None:
    given = answered()
    cell_of(given, "id-check-a").source = "print('full marks')"
    cell_of(given, "id-parameters").source = "N = 1"
    cell_of(given, "id-check-b").metadata = NotebookNode()
    cell_of(given, "id-title").source += "  \n\n"
    restored = restore(pristine(), given)
    assert fixed_cells(restored.notebook) == fixed_cells(pristine())
    expected = "Locked cells were edited and the originals took their place: 'parameters', 'check-a'."
    assert restored.remarks == (expected,)


def test_metadata_of_the_submission_never_travel() -> None:
    given = answered()
    answer = cell_of(given, "id-a")
    answer.metadata = NotebookNode(tags=["parameters", "skip-execution"], nbgrader=locked("check-a")["nbgrader"])
    cell_of(given, "id-check-a").metadata.nbgrader.points = 100
    given.metadata.kernelspec = NotebookNode(name="bash", display_name="Bash")
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").metadata == cell_of(pristine(), "id-a").metadata
    assert fixed_cells(restored.notebook) == fixed_cells(pristine())
    assert restored.notebook.metadata == pristine().metadata


def test_deleted_cells_come_back() -> None:
    given = answered()
    given.cells = [cell for cell in given.cells if cell.id not in ("id-a", "id-check-a", "id-free")]
    restored = restore(pristine(), given)
    assert [cell.id for cell in restored.notebook.cells] == [cell.id for cell in pristine().cells]
    assert cell_of(restored.notebook, "id-a").source == "# Your code here"
    assert "Locked cells were deleted and are back: 'check-a'." in restored.remarks
    assert "The answer cell 'a' was missing and is back as it was handed out." in restored.remarks


def test_an_empty_notebook_is_the_exercise_itself() -> None:
    restored = restore(pristine(), new_notebook())
    assert restored.notebook == pristine()
    assert sum("missing" in remark for remark in restored.remarks) == 4


def test_moved_cells_go_back_and_it_is_said_once() -> None:
    given = answered()
    given.cells.reverse()
    restored = restore(pristine(), given)
    assert sources(restored.notebook) == sources(answered())
    assert restored.remarks == ("Cells of the exercise were moved and are back in their places.",)


@pytest.mark.parametrize(
    ("versions", "taken"),
    [
        (["a = 1", "a = 2"], "a = 2"),
        (["a = 1", "  \n"], "a = 1"),
        (["a = 1", "# Your code here"], "a = 1"),
        (["", "# Your code here", ""], "# Your code here"),
        (["", ""], ""),
    ],
)
@pytest.mark.parametrize("same_id", [True, False])
def test_of_duplicates_the_last_that_is_not_empty_wins(versions: list[str], taken: str, same_id: bool) -> None:
    given = answered()
    position = 3
    copies = []
    for number, source in enumerate(versions):
        cell = copy.deepcopy(given.cells[position])
        cell.source = source
        cell.id = cell.id if same_id or number == 0 else f"new-{number}"
        copies.append(cell)
    given.cells[position : position + 1] = copies
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").source == taken
    assert len(restored.notebook.cells) == len(pristine().cells)
    assert restored.remarks == (
        f"The answer cell 'a' was there {len(versions)} times; the last that is not empty was taken.",
    )


def test_an_answer_that_an_editor_split_is_joined() -> None:
    given = answered()
    halves = [new_code_cell(half, id=f"new-{half}", metadata=role("a")) for half in ("x", "y")]
    given.cells[3:4] = halves
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").source == "x\n\ny"
    assert "was split into 2 cells" in restored.remarks[0]


def test_copies_of_locked_cells_run_once() -> None:
    given = answered()
    given.cells.append(copy.deepcopy(cell_of(given, "id-check-a")))
    renamed = copy.deepcopy(cell_of(given, "id-check-b"))
    renamed.id = "new"
    given.cells.append(renamed)
    restored = restore(pristine(), given)
    assert sources(restored.notebook) == sources(answered())
    assert "Locked cells were there more than once and run once: 'check-a', 'check-b'." in restored.remarks


def test_inserted_cells_stay_after_the_same_cell_in_their_order_and_lose_their_metadata() -> None:
    given = answered()
    first = new_code_cell("first = 1", id="new-1", metadata={"tags": ["parameters"]})
    given.cells.insert(0, first)
    after = [
        new_code_cell("%%javascript\n1", id="new-2", metadata=locked("mine", grade=True, points=50)),
        new_raw_cell("raw", id="new-2"),
        new_markdown_cell("note", id="new-3"),
    ]
    given.cells[5:5] = after
    restored = restore(pristine(), given)
    texts = sources(restored.notebook)
    assert texts[0] == "first = 1"
    assert texts[texts.index("a = 1") :][:4] == ["a = 1", "%%javascript\n1", "raw", "note"]
    assert fixed_cells(restored.notebook) == fixed_cells(pristine())
    inserted = [cell for cell in restored.notebook.cells if cell.id.startswith("inserted-")]
    assert len(inserted) == 4 and all(cell.metadata == {} for cell in inserted)
    assert len({cell.id for cell in restored.notebook.cells}) == len(restored.notebook.cells)
    nbformat.validate(restored.notebook)


@pytest.mark.parametrize(
    ("source", "dropped"),
    [
        ('from grader import check\n\ncheck("01_double", "a")', True),
        ('check("01_double", "a", fresh=True)', True),
        ('import grader\ngrader.check("01_double", "a");  # again', True),
        ('base.trainable = True\ncheck("01_double", "a")', False),
        ("from grader import check", False),
        ("spellcheck(1)", False),
        ('check("01_double", "a") or cheat()', False),
    ],
)
def test_an_inserted_call_of_a_check_alone_is_dropped(source: str, dropped: bool) -> None:
    given = answered()
    given.cells.append(new_code_cell(source, id="new"))
    restored = restore(pristine(), given)
    kept = [cell.source for cell in restored.notebook.cells if cell.id.startswith("inserted-")]
    assert kept == ([] if dropped else [source])
    assert ("1 inserted copy of a check did not run." in restored.remarks) is dropped


def test_parameters_that_an_earlier_run_injected_are_dropped() -> None:
    given = answered()
    given.cells.insert(2, new_code_cell("N = 1000", id="new", metadata={"tags": ["injected-parameters"]}))
    assert sources(restore(pristine(), given).notebook) == sources(answered())


@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell])
def test_an_answer_of_another_type_is_taken_as_what_it_was(make: Any) -> None:
    given = answered()
    given.cells[3] = make("a = 1", id="id-a", metadata=role("a"))
    given.cells[7] = new_code_cell("Since.", id="id-why", metadata=role("why"))
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-a").cell_type == "code"
    assert cell_of(restored.notebook, "id-a").source == "a = 1"
    assert cell_of(restored.notebook, "id-why").cell_type == "markdown"
    assert any(remark.startswith("The answer cell 'a' was turned from code into") for remark in restored.remarks)


def test_pictures_of_a_written_answer_travel_and_nothing_else_attached_does() -> None:
    given = answered()
    forms = {"a.png": {"image/png": "iVBOR"}, "b.svg": {"image/svg+xml": "<svg/>"}, "c": {"text/html": "<script>"}}
    cell_of(given, "id-why").attachments = nbformat.from_dict(forms)
    restored = restore(pristine(), given)
    assert cell_of(restored.notebook, "id-why").attachments == {"a.png": {"image/png": "iVBOR"}}


def test_the_notebook_of_another_exercise_is_remarked() -> None:
    given = answered()
    given.metadata.course.exercise = "02_other"
    assert restore(pristine(), given).remarks[0] == "The notebook was made for another exercise than 01_double."


def test_hostile_metadata_do_no_harm() -> None:
    given = answered()
    for cell, wrong in zip(given.cells, [7, [], {"grade_id": []}, {"grade_id": {}}, "x", None, True, {}], strict=True):
        cell.metadata = NotebookNode(nbgrader=wrong, tags=wrong)
    given.metadata.course = ["exercise"]
    assert sources(restore(pristine(), given).notebook) == sources(answered())


def scramble(notebook: NotebookNode, chance: random.Random) -> None:
    """One random edit of the kind that students and cheats make."""
    cells = notebook.cells
    if not cells:
        cells.append(new_code_cell("new", id=f"new-{chance.random()}"[:60].replace(".", "-")))
        return
    one, other = chance.choice(cells), chance.choice(cells)
    edit = chance.randrange(9)
    if edit == 0:
        chance.shuffle(cells)
    elif edit == 1:
        cells.remove(one)
    elif edit == 2:
        cells.insert(chance.randrange(len(cells) + 1), copy.deepcopy(one))
    elif edit == 3:
        one.source = chance.choice(["", "a = 1", other.source, "raise SystemExit"])
    elif edit == 4:
        one.id = chance.choice([other.id, f"new-{chance.randrange(10**9)}"])
    elif edit == 5:
        one.metadata = copy.deepcopy(other.metadata)
    elif edit == 6:
        one.metadata = NotebookNode()
    elif edit == 7:
        cells[cells.index(one)] = new_markdown_cell(one.source, id=one.id, metadata=one.metadata)
    else:
        cells.insert(chance.randrange(len(cells) + 1), new_code_cell("x = 1", id=one.id, metadata=locked("forged")))


@pytest.mark.parametrize("seed", range(10))
def test_no_series_of_edits_changes_the_locked_cells_their_order_or_the_maximum(seed: int) -> None:
    chance = random.Random(seed)
    expected = fixed_cells(pristine())
    roles = [role_of(cell) for cell in pristine().cells]
    for _ in range(60):
        given = answered()
        for _ in range(chance.randrange(1, 15)):
            scramble(given, chance)
        restored = restore(pristine(), given).notebook
        assert fixed_cells(restored) == expected
        found = [role_of(cell) for cell in restored.cells if not cell.id.startswith("inserted-")]
        assert found == roles
        assert all(role_of(cell) is None for cell in restored.cells if cell.id.startswith("inserted-"))
        assert len({cell.id for cell in restored.cells}) == len(restored.cells)
