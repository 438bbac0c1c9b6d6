"""The plan's module imports fast, and finds the course's own material."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from grader.evidence.plan import shipped_sources
from grader.measures import ImageSet


def test_the_plan_and_the_workers_import_without_tensorflow() -> None:
    code = "import sys, grader.evidence.plan, grader.evidence.workers; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_courses_generator_is_found() -> None:
    images, labels = shipped_sources(()).draw(ImageSet("given", "critters", "given", 1, seed=3))
    assert images.shape == (10, 64, 64, 3)
    assert images.dtype == np.uint8
    assert sorted(labels) == list(range(10))
