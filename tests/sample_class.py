"""The sample class: `make grade` builds and grades it, and a test compares what comes out.

Run as `python -m tests.sample_class grade --out OUT`. Its students are made up; who hands in what is said by the
tables `class` of `tests/answers/<exercise>/expected.toml`. The training is cut down.
"""

from __future__ import annotations

import argparse
import copy
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from grader.cli import main as grader
from grader.records import CheckResult, Json, Outcome
from grader.run import sandbox
from tests.expected import Expected, expected, with_answers
from tests.variants import answered, blank

ABSENT = "ivy"
"""Has a folder, and nothing in it."""

CELL_TIMEOUT = 100


def rearranged(exercise: str) -> NotebookNode:
    """Return a right submission to the first exercise whose cells were deleted, duplicated and inserted."""
    notebook = answered(exercise)
    cells = {cell.id: cell for cell in notebook.cells}
    emptied = copy.deepcopy(cells["base"])
    emptied.source = ""
    kept = [cell for cell in notebook.cells if cell.id not in {"task-model", "check-model", "contract"}]
    place = kept.index(cells["base"])
    kept[place + 1 : place + 1] = [emptied, new_code_cell("feature_map = base.output_shape[1:]\nfeature_map")]
    kept.insert(2, new_markdown_cell("My notes: freeze first, compile second."))
    notebook.cells = kept
    return notebook


SPECIAL: Mapping[str, Callable[[str], NotebookNode | str]] = {
    "rearranged": rearranged,
    "blank": blank,
    "letter": lambda exercise: f"This is a letter about {exercise}, and not a notebook.\n",
}
"""What is handed in beside the variants of the answers."""


def the_class() -> dict[str, Expected]:
    """Return exercise -> what is expected of it, for the exercises that somebody hands in."""
    known = {exercise: expected(exercise) for exercise in with_answers()}
    return {exercise: each for exercise, each in known.items() if each.students}


def build(folder: Path) -> int:
    """Write the class below ``folder`` and return the number of submissions."""
    (folder / ABSENT).mkdir(parents=True)
    written = 0
    for exercise, known in the_class().items():
        for student in known.students:
            make = SPECIAL.get(student.answers)
            handed_in = make(exercise) if make else answered(exercise, student.answers)
            path = folder / student.name / f"{exercise}.ipynb"
            path.parent.mkdir(exist_ok=True)
            # Plain JSON: nbformat would mend the doubled cell ids.
            text = handed_in if isinstance(handed_in, str) else json.dumps(handed_in)
            path.write_text(text, encoding="utf-8")
            written += 1
    return written


def grade(out: Path) -> int:
    """Build the class, grade it into ``out``, and return the grader's exit status."""
    with tempfile.TemporaryDirectory(prefix="sample-class-") as scratch:
        submissions = Path(scratch) / "submissions"
        print(f"Grading the sample class: {build(submissions)} submissions.", flush=True)
        arguments = ["grade", str(submissions), "--out", str(out), "--jobs", "2", "--cell-timeout", str(CELL_TIMEOUT)]
        for exercise, known in the_class().items():
            arguments += ["--exercise", exercise]
            for name, value in known.quick.items():
                arguments += ["--parameter", f"{exercise}:{name}={value}"]
        available = sandbox.availability()
        if not available.works:
            print(f"{available.reason}\nThe sample class is part of the course, so it is graded without a sandbox.")
            arguments.append("--no-sandbox")
        return grader(arguments)


def told(results: Json) -> dict[str, CheckResult]:
    """Return the results of the checks, by their ids, as a submission's ``results.json`` tells them."""
    return {test["extra_data"]["check"]: _told(test) for test in results["tests"]}


def _told(test: Json) -> CheckResult:
    said = dict(line.partition(": ")[::2] for line in test["output"].splitlines())
    return CheckResult(
        check=test["extra_data"]["check"],
        task=test["extra_data"]["task"],
        title=test["name"],
        kind=test["tags"][0],
        points=test["max_score"],
        earned=test["score"],
        outcome=Outcome(test["extra_data"]["outcome"]),
        found=said.get("Found", ""),
        expected=said.get("Expected", ""),
        why=said.get("Why it matters", ""),
        see=said.get("Where to look", ""),
    )


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.sample_class", description=__doc__)
    parser.add_argument("command", choices=["grade"], help="build the class and grade it")
    parser.add_argument("--out", type=Path, default=Path("grades"), help="where the grades go (default: grades)")
    return grade(parser.parse_args(arguments).out)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
