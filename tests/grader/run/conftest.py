"""What the run step's tests share: a run of code cells."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.records import Run
from grader.run.execute import RunSettings, execute
from tests.grader.run.building import QUICK, notebook

Runner = Callable[..., Run]


@pytest.fixture
def run_cells(tmp_path: Path) -> Runner:
    """Run code cells; keyword arguments change the limits."""

    def run(*sources: str, settings: RunSettings = QUICK, **limits: float) -> Run:
        changed = replace(settings, limits=replace(settings.limits, **limits))
        return execute(notebook(*sources), tmp_path / "place", changed)

    return run
