"""Exercises made from solutions: answers cut out, outputs removed, and no learner's work ever overwritten unasked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nbformat import NotebookNode

from data.files import write_atomically
from grader.errors import AssignError, InvalidNotebookError
from grader.notebook import LEFT_BY_RUNS, Role, notebook_text, read_notebook, roles, sources_digest, tags_of
from grader.regions import (
    CODE_PLACEHOLDER,
    TEXT_PLACEHOLDER,
    Kind,
    MarkerError,
    Region,
    check_python,
    cut_code,
    cut_text,
    find_regions,
    lines_inside,
)

SOLUTION_ONLY: Final = "solution-only"
BACKUP_SUFFIX: Final = ".bak.ipynb"

_KEPT_METADATA: Final = ("tags", "slideshow")
_KERNELSPEC: Final = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


@dataclass(frozen=True)
class AssignResult:
    """What became of each exercise; ``refused`` holds one sentence for each that a learner changed."""

    written: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class ResetResult:
    """The exercise brought back, and where the learner's version lies; ``kept`` is None when none was needed."""

    exercise: Path
    kept: Path | None


def assign(source: Path, target: Path, force: bool = False) -> AssignResult:
    """Write the exercises of the solutions in ``source`` (a folder, or one notebook) into the folder ``target``.

    An exercise that a learner changed is refused, unless ``force``; one that was only run may be rewritten.
    Every solution is read before anything is written: AssignError or InvalidNotebookError then leave all as it was.
    """
    made = [(target / path.name, notebook_text(make_exercise(path))) for path in _solutions(source)]
    written: list[Path] = []
    unchanged: list[Path] = []
    refused: list[str] = []
    for path, text in made:
        if path.exists() and path.read_bytes() == text.encode():
            unchanged.append(path)
        elif path.exists() and not force and _is_changed(path):
            refused.append(
                f"{path} was changed since it was made and stays as it is: run assign with --reset {path.stem} to put "
                "it aside and start anew, or with --force to overwrite it."
            )
        else:
            write_atomically(path, text)
            written.append(path)
    return AssignResult(tuple(written), tuple(unchanged), tuple(refused))


def reset(name: str, solutions: Path, exercises: Path) -> ResetResult:
    """Bring the exercise ``name`` back, keeping what stood there as ``<name>.<counter>.bak.ipynb`` beside it.

    AssignError names the exercises that there are when ``name`` is none of them.
    """
    stem = name.removesuffix(".ipynb")
    known = {path.stem: path for path in _solutions(solutions)}
    if stem not in known:
        raise AssignError(f"There is no exercise {name!r} in {solutions}; there are: {', '.join(sorted(known))}.")
    exercise = exercises / f"{stem}.ipynb"
    text = notebook_text(make_exercise(known[stem]))
    kept = None
    if exercise.exists() and (present := exercise.read_bytes()) != text.encode():
        kept = _put_aside(exercise, present)
    write_atomically(exercise, text)
    return ResetResult(exercise, kept)


def make_exercise(solution: Path) -> NotebookNode:
    """The exercise of one solution notebook; the same solution always gives the same one.

    AssignError names notebook, cell and line where a marker is out of place or the rest is no Python.
    """
    notebook = read_notebook(solution)
    kinds = roles(notebook, solution)
    exercise = NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=[])
    for number, (cell, role) in enumerate(zip(notebook.cells, kinds, strict=True), start=1):
        if not _vanishes(cell, role, _place(solution, number, cell)):
            exercise.cells.append(_made_cell(cell, role, _place(solution, number, cell)))
    exercise.metadata = NotebookNode(
        kernelspec=NotebookNode(_KERNELSPEC),
        language_info=NotebookNode(name="python"),
        course=NotebookNode(
            exercise=solution.stem, source_digest=sources_digest(notebook), digest=sources_digest(exercise)
        ),
    )
    return exercise


def differs(solution: Path, exercise: Path) -> bool:
    """Whether ``exercise`` is anything but what ``assign`` makes of ``solution``, to the byte."""
    return not exercise.is_file() or exercise.read_bytes() != notebook_text(make_exercise(solution)).encode()


def leaks(solution: Path, exercise: Path) -> list[str]:
    """The solution's hidden lines that still stand in the exercise, and each cell of it that holds outputs.

    A hidden line counts only as often as it stands there beyond what the solution shows openly.
    """
    hidden, shown = _hidden_and_shown(solution)
    notebook = read_notebook(exercise)
    present = Counter(line.strip() for cell in notebook.cells for line in cell.source.split("\n"))
    found = [line for line in hidden if any(map(str.isalnum, line)) and present[line] > shown[line]]
    outputs = [
        f"cell {number} ({cell.id}) holds outputs"
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.get("outputs")
    ]
    return found + outputs


def _solutions(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    found = sorted(path for path in source.glob("*.ipynb") if not path.name.endswith(BACKUP_SUFFIX))
    if not found:
        raise AssignError(f"{source} holds no solution notebooks; name the folder that holds them, or one of them.")
    return found


def _is_changed(exercise: Path) -> bool:
    try:
        notebook = read_notebook(exercise)
    except InvalidNotebookError:
        return True
    course = notebook.metadata.get("course")
    return not isinstance(course, dict) or course.get("digest") != sources_digest(notebook)


def _put_aside(exercise: Path, content: bytes) -> Path:
    counter = 1
    while True:
        backup = exercise.with_name(f"{exercise.stem}.{counter}{BACKUP_SUFFIX}")
        try:
            with backup.open("xb") as file:
                file.write(content)
        except FileExistsError:
            counter += 1
        else:
            return backup


def _place(solution: Path, number: int, cell: NotebookNode) -> str:
    return f"{solution.name}, cell {number} ({cell.id})"


def _vanishes(cell: NotebookNode, role: Role | None, place: str) -> bool:
    for tag in tags_of(cell):
        if tag != SOLUTION_ONLY and "".join(filter(str.isalpha, tag.lower())) == "solutiononly":
            raise AssignError(f"{place}: the tag {tag!r} would leak the cell; write it {SOLUTION_ONLY!r}.")
    if SOLUTION_ONLY in tags_of(cell) and role is not None:
        raise AssignError(f"{place}: a {SOLUTION_ONLY} cell must not have nbgrader metadata; remove one of the two.")
    return SOLUTION_ONLY in tags_of(cell) or not LEFT_BY_RUNS.isdisjoint(tags_of(cell))


def _made_cell(cell: NotebookNode, role: Role | None, place: str) -> NotebookNode:
    made = NotebookNode(cell_type=cell.cell_type, id=cell.id, metadata=_metadata(cell, role))
    made.source = _cut(cell, role, place)
    if cell.cell_type == "code":
        made.outputs, made.execution_count = [], None
    elif "attachments" in cell:
        made.attachments = cell.attachments
    return made


def _metadata(cell: NotebookNode, role: Role | None) -> NotebookNode:
    kept = NotebookNode({key: cell.metadata[key] for key in _KEPT_METADATA if key in cell.metadata})
    if cell.metadata.get("jupyter", {}).get("source_hidden"):
        kept.jupyter = NotebookNode(source_hidden=True)
    if role is not None:
        # A checksum is of the solution's text, which has just changed; nbgrader makes its own.
        kept.nbgrader = NotebookNode({key: value for key, value in cell.metadata.nbgrader.items() if key != "checksum"})
        kept.deletable = False
        kept.editable = not role.fixed
    return kept


def _cut(cell: NotebookNode, role: Role | None, place: str) -> str:
    try:
        regions = find_regions(cell.source)
        _check_allowed(regions, role, place)
        if _is_whole_answer(role, regions):
            return CODE_PLACEHOLDER if cell.cell_type == "code" else TEXT_PLACEHOLDER
        if cell.cell_type != "code":
            return cut_text(cell.source)
        # The solution first: a fault of its own must not look like one of the cutting.
        check_python(cell.source)
        return cut_code(cell.source)
    except MarkerError as error:
        raise AssignError(f"{place}, {error}.") from error
    except SyntaxError as error:
        what = "with its solution cut out, the cell" if regions else "the cell"
        raise AssignError(f"{place}, line {error.lineno}: {what} is no Python ({error.msg}).") from error


def _check_allowed(regions: tuple[Region, ...], role: Role | None, place: str) -> None:
    if role is not None and role.solution and role.locked:
        raise AssignError(f"{place}: a solution cell that is locked has no room for an answer; unlock it.")
    for region in regions:
        if region.kind is Kind.SOLUTION and not (role and role.answer):
            sentence = "BEGIN SOLUTION stands outside a solution cell; give the cell nbgrader's solution metadata"
            raise AssignError(f"{place}, line {region.begin + 1}: {sentence}.")
        if region.kind is Kind.HIDDEN_TESTS and not (role and role.grade):
            sentence = "BEGIN HIDDEN TESTS stands outside a graded cell; give the cell nbgrader's grade metadata"
            raise AssignError(f"{place}, line {region.begin + 1}: {sentence}.")


def _is_whole_answer(role: Role | None, regions: tuple[Region, ...]) -> bool:
    """As in nbgrader, an answer cell without any solution region is an answer from its first line to its last."""
    return role is not None and role.answer and not any(region.kind is Kind.SOLUTION for region in regions)


def _hidden_and_shown(solution: Path) -> tuple[list[str], Counter[str]]:
    notebook = read_notebook(solution)
    hidden: list[str] = []
    everything: Counter[str] = Counter()
    for cell, role in zip(notebook.cells, roles(notebook, solution), strict=True):
        lines = [line.strip() for line in cell.source.split("\n")]
        everything.update(lines)
        regions = find_regions(cell.source)
        if SOLUTION_ONLY in tags_of(cell) or _is_whole_answer(role, regions):
            hidden += lines
        else:
            hidden += [line.strip() for line in lines_inside(cell.source, regions)]
    return hidden, everything - Counter(hidden)
