"""Execute notebooks in place in their committed setting: `python -m tests.execute notebooks/*.ipynb`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import nbformat
import papermill

from data.files import write_atomically


def execute(path: Path) -> None:
    """Run a notebook from top to bottom and store its outputs, without what TensorFlow logs to stderr."""
    began = time.monotonic()
    notebook = papermill.execute_notebook(str(path), None, cwd=str(path.parent), progress_bar=True)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.validate(notebook)
    write_atomically(path, json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    print(f"{path}: {time.monotonic() - began:.0f} s")


def main(arguments: list[str]) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.execute", description=__doc__)
    parser.add_argument("notebook", nargs="+", type=Path, help="a notebook to execute in place")
    for path in parser.parse_args(arguments).notebook:
        execute(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
