"""The sample class: `make grade` builds and grades it, and a test compares what comes out.

Run as `python -m tests.sample_class grade --out OUT`. Its students are made up; their notebooks are built from the
exercise, with the training cut down.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from grader.cli import main as grader
from grader.run import sandbox
from tests.variants import answered, blank

EXERCISE = "01_vgg16_feature_extraction"
PARAMETERS = ("PER_KIND=10", "EPOCHS=4")
ABSENT = "ivy"


def rearranged() -> NotebookNode:
    """Return a right submission whose cells were deleted, duplicated and inserted."""
    notebook = answered(EXERCISE)
    cells = {cell.id: cell for cell in notebook.cells}
    emptied = copy.deepcopy(cells["base"])
    emptied.source = ""
    kept = [cell for cell in notebook.cells if cell.id not in {"task-model", "check-model", "contract"}]
    place = kept.index(cells["base"])
    kept[place + 1 : place + 1] = [emptied, new_code_cell("feature_map = base.output_shape[1:]\nfeature_map")]
    kept.insert(2, new_markdown_cell("My notes: freeze first, compile second."))
    notebook.cells = kept
    return notebook


STUDENTS: dict[str, Callable[[], NotebookNode | str]] = {
    "ada": lambda: answered(EXERCISE),
    "ben": lambda: answered(EXERCISE, "wrong_never_frozen"),
    "chloe": lambda: answered(EXERCISE, "wrong_frozen_after_training"),
    "dev": lambda: answered(EXERCISE, "wrong_crash_in_the_middle"),
    "emil": lambda: answered(EXERCISE, "wrong_endless_loop"),
    "fatima": rearranged,
    "gus": lambda: blank(EXERCISE),
    "hana": lambda: "This is a letter, not a notebook.\n",
}
"""Student -> what they hand in; ``ABSENT`` is on the roster and hands in nothing."""


def build(folder: Path) -> Path:
    """Write the class below ``folder`` and return its roster."""
    for student, make in STUDENTS.items():
        handed_in = make()
        path = folder / student / f"{EXERCISE}.ipynb"
        path.parent.mkdir(parents=True)
        # Plain JSON: nbformat would mend the doubled cell ids.
        text = handed_in if isinstance(handed_in, str) else json.dumps(handed_in)
        path.write_text(text, encoding="utf-8")
    roster = folder / "roster.csv"
    roster.write_text("\n".join(["student", *STUDENTS, ABSENT]) + "\n", encoding="utf-8")
    return roster


def grade(out: Path) -> int:
    """Build the class, grade it into ``out``, and return the grader's exit status."""
    with tempfile.TemporaryDirectory(prefix="sample-class-") as scratch:
        submissions = Path(scratch) / "submissions"
        roster = build(submissions)
        arguments = ["grade", str(submissions), "--out", str(out), "--roster", str(roster)]
        arguments += ["--jobs", "2", "--cell-timeout", "100", "--exercise", EXERCISE]
        for parameter in PARAMETERS:
            arguments += ["--parameter", parameter]
        available = sandbox.availability()
        if not available.works:
            print(f"{available.reason}\nThe sample class is part of the course, so it is graded without a sandbox.")
            arguments.append("--no-sandbox")
        return grader(arguments)


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample_class", description=__doc__)
    parser.add_argument("command", choices=["grade"], help="build the class and grade it")
    parser.add_argument("--out", type=Path, default=Path("grades"), help="where the grades go (default: grades)")
    options = parser.parse_args(arguments)
    print(f"Grading the sample class: {len(STUDENTS)} submissions, about 3 minutes.", flush=True)
    return grade(options.out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
