import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grader.errors import GraderError, InvalidNotebookError
from grader.notebook import (
    Role,
    cells_by_grade_id,
    cells_by_id,
    cells_by_tag,
    grade_id_of,
    notebook_text,
    read_notebook,
    role_of,
    roles,
    sources_digest,
    write_notebook,
)

CHECK = {"schema_version": 3, "grade": True, "locked": True, "solution": False, "grade_id": "check-a", "points": 2}
ANSWER = {"schema_version": 3, "grade": False, "locked": False, "solution": True, "grade_id": "a", "task": False}


def code(source: str, cell_id: str, nbgrader: Any = None, **metadata: Any) -> nbformat.NotebookNode:
    found = {**metadata, "nbgrader": nbgrader} if nbgrader is not None else metadata
    cell = new_code_cell(source, id=cell_id)
    # Only now, since nbformat refuses some of what the tests put in.
    cell.metadata = nbformat.from_dict(found)
    return cell


def unchecked(*cells: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook of exactly these cells: nbformat would mend or refuse what the tests put in."""
    notebook = new_notebook()
    notebook.cells = list(cells)
    return notebook


def written(path: Path, content: Any) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def plain(**changes: Any) -> dict[str, Any]:
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{**cell, **changes}]}


def test_what_is_written_is_read_back_and_gives_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    first = code("a = 1\nb = 'ä'\n", "one", tags=["parameters"])
    notebook = new_notebook(cells=[first, new_markdown_cell("x", id="two")])
    notebook.cells[0].outputs = [new_output("stream", text="one\ntwo\n")]
    write_notebook(path, notebook)
    again = read_notebook(path)
    assert again == notebook
    assert notebook_text(again).encode() == path.read_bytes()
    assert path.read_bytes().endswith(b"}\n")


def test_a_byte_order_mark_and_nan_in_outputs_do_no_harm(tmp_path: Path) -> None:
    output = {"output_type": "display_data", "metadata": {"y": float("nan")}, "data": {}}
    text = json.dumps(plain(outputs=[output]))
    path = tmp_path / "n.ipynb"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_notebook(path).cells[0].outputs[0].metadata.y is None


def test_format_3_is_upgraded(tmp_path: Path) -> None:
    sheet = nbformat.v3.new_worksheet(cells=[nbformat.v3.new_code_cell(input="1 + 1")])
    old = nbformat.v3.new_notebook(worksheets=[sheet])
    notebook = read_notebook(written(tmp_path / "n.ipynb", nbformat.v3.writes_json(old)))
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.cells[0].source == "1 + 1"


def test_cells_without_an_id_get_the_same_new_one_every_time(tmp_path: Path) -> None:
    content = plain()
    content["cells"] = [
        {key: value for key, value in content["cells"][0].items() if key != "id"},
        {**content["cells"][0], "id": "unnamed-0"},
        {**content["cells"][0], "id": "not an id"},
    ]
    path = written(tmp_path / "n.ipynb", {**content, "nbformat_minor": 4})
    assert [cell.id for cell in read_notebook(path).cells] == ["unnamed-1", "unnamed-0", "unnamed-2"]


def test_duplicate_ids_are_left_for_restoring_to_see(tmp_path: Path) -> None:
    content = plain()
    content["cells"] *= 2
    assert [cell.id for cell in read_notebook(written(tmp_path / "n.ipynb", content)).cells] == ["a", "a"]


@pytest.mark.parametrize(
    "changes",
    [
        {"outputs": [{"output_type": "made up"}]},
        {"outputs": [{"output_type": 7}]},
        {"outputs": ["text"]},
        {"outputs": None},
        {"metadata": {"tags": ["same", "same"], "nbgrader": ANSWER}},
        {"execution_count": "seven"},
        {"metadata": []},
    ],
)
def test_faults_that_do_not_touch_the_answer_are_mended(tmp_path: Path, changes: dict[str, Any]) -> None:
    cell = read_notebook(written(tmp_path / "n.ipynb", plain(**changes))).cells[0]
    assert (cell.source, cell.outputs) == ("1", [])
    assert set(cell.metadata) <= {"nbgrader"}


def test_broken_characters_are_replaced_so_that_the_notebook_can_be_written(tmp_path: Path) -> None:
    notebook = read_notebook(written(tmp_path / "n.ipynb", plain(source="x = '\ud83d'", metadata={"\udc00": 1})))
    assert notebook.cells[0].source.startswith("x = '\ufffd")
    write_notebook(tmp_path / "again.ipynb", notebook)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("this is no notebook", "not the JSON text"),
        ('{"nbformat": 4', "not the JSON text"),
        ("[" * 500_000, "not the JSON text"),
        ("[]", "not a notebook"),
        ("null", "not a notebook"),
        ("9" * 5000, "not"),
        ('{"nbformat": 4, "cells": [], "metadata": ' + '{"a": ' * 90 + "1" + "}" * 91, "64 levels"),
        ({"cells": []}, "format 3 or 4"),
        ({"nbformat": True, "cells": []}, "format 3 or 4"),
        ({"nbformat": [4], "cells": []}, "format 3 or 4"),
        ({"nbformat": 2}, "format 3 or 4"),
        ({"nbformat": 5, "cells": []}, "format 3 or 4"),
        ({"nbformat": 3, "worksheets": [{"cells": "?"}]}, "format 3"),
        ({"nbformat": 4}, "list of cells"),
        ({"nbformat": 4, "cells": ["a"]}, "list of cells"),
        ({"nbformat": 4, "cells": [{}] * 5001}, "more than 5000 cells"),
        (plain(source=7), "notebook format"),
        (plain(source=["a", 7]), "notebook format"),
        (plain(cell_type="program"), "notebook format"),
        (plain(cell_type=["code"]), "notebook format"),
        (plain(id=["a"], cell_type={}), "notebook format"),
        ({**plain(), "metadata": 5, "cells": [{}]}, "notebook format"),
    ],
)
def test_what_is_no_notebook_is_refused_with_one_sentence(tmp_path: Path, content: Any, words: str) -> None:
    path = written(tmp_path / "garbage.ipynb", content)
    with pytest.raises(InvalidNotebookError) as caught:
        read_notebook(path)
    message = str(caught.value)
    assert message.startswith("garbage.ipynb: ")
    assert words in message
    assert message.endswith(".") and "\n" not in message
    assert isinstance(caught.value, GraderError)


def test_bytes_that_are_not_utf8_and_files_that_are_too_large_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    path.write_bytes("{'ä': 1}".encode("latin-1"))
    with pytest.raises(InvalidNotebookError, match="UTF-8"):
        read_notebook(path)
    write_notebook(path, new_notebook())
    with pytest.raises(InvalidNotebookError, match="larger than 1e-05 MB"):
        read_notebook(path, max_bytes=10)


def test_links_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    write_notebook(tmp_path / "real.ipynb", new_notebook())
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "real.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    for name in ("link.ipynb", "folder.ipynb", "missing.ipynb"):
        with pytest.raises(InvalidNotebookError, match="no regular file"):
            read_notebook(tmp_path / name)


def test_roles_are_read_from_nbgrader_metadata(tmp_path: Path) -> None:
    notebook = new_notebook(cells=[code("1", "x"), code("2", "y", ANSWER), code("3", "z", CHECK)])
    free, answer, check = roles(notebook, tmp_path / "n.ipynb")
    assert free is None
    assert answer == Role("a", grade=False, locked=False, solution=True)
    assert answer is not None and answer.answer and not answer.fixed
    assert check is not None and check.fixed and not check.answer and check.points == 2


def test_a_written_answer_marked_by_hand_is_an_answer_and_an_unlocked_check_is_fixed() -> None:
    by_hand = role_of(code("1", "x", {**ANSWER, "grade": True, "points": 3}))
    unlocked = role_of(code("1", "x", {**CHECK, "locked": False}))
    assert by_hand is not None and by_hand.answer and not by_hand.fixed
    assert unlocked is not None and unlocked.fixed


@pytest.mark.parametrize(
    "wrong",
    [
        "metadata",
        {},
        {**ANSWER, "schema_version": 2},
        {**ANSWER, "solution": "yes"},
        {**ANSWER, "grade_id": "a b"},
        {**ANSWER, "extra": 1},
        {**CHECK, "points": -1},
        {**CHECK, "checksum": "short"},
        {key: value for key, value in CHECK.items() if key != "points"},
    ],
)
def test_metadata_that_break_the_schema_are_refused(wrong: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="schema version 3"):
        role_of(code("1", "x", wrong))
    with pytest.raises(InvalidNotebookError, match="cell 1"):
        roles(new_notebook(cells=[code("1", "x", wrong)]), tmp_path / "n.ipynb")


def test_the_same_grade_id_or_id_twice_and_a_role_without_one_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    with pytest.raises(InvalidNotebookError, match="cell 2 has the grade_id 'a'"):
        roles(new_notebook(cells=[code("1", "x", ANSWER), code("2", "y", ANSWER)]), path)
    with pytest.raises(InvalidNotebookError, match="cell 2 has the id 'x'"):
        roles(unchecked(code("1", "x"), code("2", "x")), path)
    with pytest.raises(InvalidNotebookError, match="without a grade_id"):
        roles(new_notebook(cells=[code("1", "x", {**ANSWER, "grade_id": ""})]), path)


def test_cells_are_found_by_grade_id_id_and_tag() -> None:
    notebook = unchecked(code("1", "x", ANSWER), code("2", "x", tags=["t"]), code("3", "z", tags="t"))
    assert [cell.source for cell in cells_by_grade_id(notebook, "a")] == ["1"]
    assert [cell.source for cell in cells_by_id(notebook, "x")] == ["1", "2"]
    assert [cell.source for cell in cells_by_tag(notebook, "t")] == ["2"]
    assert cells_by_id(notebook, "none") == ()


@pytest.mark.parametrize("claimed", [None, 7, {"grade_id": 7}, {"grade_id": ""}, {"grade_id": "a\n"}, ["grade_id"]])
def test_a_claimed_grade_id_that_is_none_is_not_believed(claimed: Any) -> None:
    assert grade_id_of(code("1", "x", claimed)) is None


def test_the_digest_is_of_sources_alone() -> None:
    notebook = new_notebook(cells=[code("1", "x"), new_markdown_cell("text", id="y")])
    digest = sources_digest(notebook)
    notebook.cells[0].outputs = [new_output("stream", text="1")]
    notebook.cells[0].metadata.trusted = True
    notebook.cells[0].id = "other"
    assert sources_digest(notebook) == digest
    notebook.cells[1].source = "other"
    assert sources_digest(notebook) != digest
