"""What the run step's tests share: quick settings, and a notebook made of code."""

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from grader.records import Limits
from grader.run.execute import RunSettings

QUICK = RunSettings(limits=Limits(cell_timeout=60, notebook_timeout=120, disk_mb=300), probe_seed=7)


def notebook(*sources: str) -> NotebookNode:
    """Make a notebook of code cells whose grade_ids are cell0, cell1, ..."""
    cells = []
    for number, source in enumerate(sources):
        marks = {"grade_id": f"cell{number}", "schema_version": 3, "grade": False, "locked": False, "solution": True}
        cells.append(new_code_cell(source, metadata={"nbgrader": marks}))
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})
