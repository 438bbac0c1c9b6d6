"""A student's answers laid into the pristine exercise, so that no edit of the rest can change what is graded.

What stays a copy of the course's own checks is dropped from the inserted cells: run once more at another moment,
such a call would export the task's objects again and replace what was measured at the task's own place. (A call
among other code exports nothing, which ``check`` itself sees to.) All else that a student inserted is kept, magics
and shell commands too, for the sandbox holds whatever they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from nbformat import NotebookNode

from grader.check_cells import only_checks
from grader.notebook import LEFT_BY_RUNS, Role, grade_id_of, role_of, tags_of
from grader.records import Json, Restored

_PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/gif"})


@dataclass(frozen=True)
class _Given:
    """A submitted cell that belongs to a pristine one; ``by_id`` is False where only the grade_id told so."""

    position: int
    cell: NotebookNode
    by_id: bool


@dataclass
class _Sorted:
    """The submission's cells, told apart; the keys are positions in the pristine exercise, -1 before its start."""

    given: dict[int, list[_Given]] = field(default_factory=dict)
    inserted: dict[int, list[NotebookNode]] = field(default_factory=dict)
    copied_checks: int = 0


def restore(pristine: NotebookNode, submitted: NotebookNode) -> Restored:
    """Lay the answers of ``submitted`` into ``pristine``; neither is changed, and no output travels.

    A cell is recognised by its id, else by its nbgrader grade_id, else it counts as inserted. Cells of the
    course that are locked or graded always come from ``pristine``, once each and in its order, and so does
    all metadata; of every other cell the student's source is taken. ``pristine`` must be valid: ValueError.
    """
    roles = [role_of(cell) for cell in pristine.cells]
    cells = _sort(pristine, submitted)
    remarks = _remarks_on_the_whole(pristine, submitted, cells)
    if cells.given:
        remarks += _remarks_on_fixed(pristine, roles, cells)
    restored = NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=_copied(pristine.metadata), cells=list(_inserted(pristine, cells, -1))
    )
    for position, (cell, role) in enumerate(zip(pristine.cells, roles, strict=True)):
        if role is not None and role.fixed:
            restored.cells.append(_blank(cell))
        else:
            restored.cells.append(_with_answer(cell, role, cells.given.get(position, []), remarks))
        restored.cells += _inserted(pristine, cells, position)
    return Restored(restored, tuple(remarks))


def _sort(pristine: NotebookNode, submitted: NotebookNode) -> _Sorted:
    by_id = {cell.id: position for position, cell in enumerate(pristine.cells)}
    by_grade_id = {name: position for position, cell in enumerate(pristine.cells) if (name := grade_id_of(cell))}
    cells = _Sorted()
    place = -1
    for number, cell in enumerate(submitted.cells):
        position = by_id.get(cell.get("id"))
        known = position is not None
        if position is None:
            position = by_grade_id.get(grade_id_of(cell) or "")
        if position is not None:
            place = position
            cells.given.setdefault(position, []).append(_Given(number, cell, known))
        elif _only_checks(cell):
            cells.copied_checks += 1
        # The parameters of an earlier run would undo those of this one.
        elif LEFT_BY_RUNS.isdisjoint(tags_of(cell)):
            cells.inserted.setdefault(place, []).append(cell)
    return cells


def _only_checks(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and only_checks(cell.source)


def _remarks_on_the_whole(pristine: NotebookNode, submitted: NotebookNode, cells: _Sorted) -> list[str]:
    remarks = []
    wanted, claimed = _exercise(pristine), _exercise(submitted)
    if wanted and claimed and wanted != claimed:
        remarks.append(f"The notebook was made for another exercise than {wanted}.")
    if submitted.cells and not cells.given:
        remarks.append(
            "No cell could be recognised, since both ids and nbgrader metadata are lost: the answers must be copied "
            "into a fresh exercise and handed in again."
        )
    order = [given[-1].position for _, given in sorted(cells.given.items())]
    if order != sorted(order):
        remarks.append("Cells of the exercise were moved and are back in their places.")
    if cells.copied_checks:
        remarks.append(f"{_count(cells.copied_checks, 'inserted copy', 'inserted copies')} of a check did not run.")
    return remarks


def _exercise(notebook: NotebookNode) -> str | None:
    course = notebook.metadata.get("course")
    name = course.get("exercise") if isinstance(course, dict) else None
    return name if isinstance(name, str) else None


def _remarks_on_fixed(pristine: NotebookNode, roles: list[Role | None], cells: _Sorted) -> Iterator[str]:
    """One sentence for each kind of change to locked cells, naming those that it happened to."""
    deleted, repeated, edited = [], [], []
    for position, (cell, role) in enumerate(zip(pristine.cells, roles, strict=True)):
        if role is None or not role.fixed:
            continue
        given = cells.given.get(position, [])
        if not given:
            deleted.append(_name(cell))
        if len(given) > 1:
            repeated.append(_name(cell))
        if any(not _same(cell, each.cell) for each in given):
            edited.append(_name(cell))
    if deleted:
        yield f"Locked cells were deleted and are back: {', '.join(deleted)}."
    if repeated:
        yield f"Locked cells were there more than once and run once: {', '.join(repeated)}."
    if edited:
        yield f"Locked cells were edited and the originals took their place: {', '.join(edited)}."


def _with_answer(cell: NotebookNode, role: Role | None, given: list[_Given], remarks: list[str]) -> NotebookNode:
    """The pristine cell with the student's source; what was remarkable about it is added to ``remarks``."""
    answer, name = _blank(cell), f"The {'answer ' if role else ''}cell {_name(cell)}"
    if not given:
        if role is not None or cell.cell_type == "code":
            remarks.append(f"{name} was missing and is back as it was handed out.")
        return answer
    filled = [each for each in given if each.cell.source.strip() and not _same(cell, each.cell)]
    chosen = (filled or [each for each in given if each.cell.source.strip()] or given)[-1]
    answer.source = chosen.cell.source
    if len(filled) > 1 and _is_split(given):
        answer.source = "\n\n".join(each.cell.source for each in filled)
        remarks.append(f"{name} was split into {len(given)} cells, which were joined again.")
    elif len(given) > 1:
        remarks.append(f"{name} was there {len(given)} times; the last that is not empty was taken.")
    if chosen.cell.cell_type != cell.cell_type:
        was, now = cell.cell_type, chosen.cell.cell_type
        remarks.append(f"{name} was turned from {was} into {now}; it was taken as {was}.")
    if cell.cell_type == "markdown" and (pictures := _pictures(chosen.cell)):
        answer.attachments = pictures
    return answer


def _is_split(given: list[_Given]) -> bool:
    """Whether an editor split one cell: the parts get new ids, keep the grade_id and stand side by side."""
    positions = [each.position for each in given]
    side_by_side = positions == list(range(positions[0], positions[0] + len(positions)))
    return side_by_side and not any(each.by_id for each in given)


def _inserted(pristine: NotebookNode, cells: _Sorted, place: int) -> Iterator[NotebookNode]:
    taken = {cell.id for cell in pristine.cells}
    for number, cell in enumerate(cells.inserted.get(place, []), start=1):
        name = f"inserted-{place + 1}-{number}"
        while name in taken:
            name += "-x"
        kept = NotebookNode(cell_type=cell.cell_type, id=name, metadata=NotebookNode(), source=cell.source)
        if cell.cell_type == "code":
            kept.outputs, kept.execution_count = [], None
        elif pictures := _pictures(cell):
            kept.attachments = pictures
        yield kept


def _pictures(cell: NotebookNode) -> NotebookNode:
    """The attachments that are plain pictures: a written answer may show one, and nothing in them can run."""
    kept = NotebookNode()
    for name, forms in cell.get("attachments", {}).items():
        pictures = {kind: data for kind, data in forms.items() if kind in _PICTURES and isinstance(data, str)}
        if pictures:
            kept[name] = NotebookNode(pictures)
    return kept


def _blank(cell: NotebookNode) -> NotebookNode:
    blank = _copied(cell)
    if cell.cell_type == "code":
        blank.outputs, blank.execution_count = [], None
    return blank


def _copied(node: Json) -> Json:
    if isinstance(node, Mapping):
        return NotebookNode({key: _copied(value) for key, value in node.items()})
    return [_copied(value) for value in node] if isinstance(node, list) else node


def _same(pristine: NotebookNode, submitted: NotebookNode) -> bool:
    """Whether nothing but blanks at line ends and around the text differs, as editors leave them."""
    return pristine.cell_type == submitted.cell_type and _tidy(pristine.source) == _tidy(submitted.source)


def _tidy(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def _name(cell: NotebookNode) -> str:
    return f"'{grade_id_of(cell) or cell.id}'"


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
