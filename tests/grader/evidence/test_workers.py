"""Workers read evidence in processes of their own, and one that breaks costs only its submission."""

from __future__ import annotations

import sys
from pathlib import Path

import keras
import psutil
import pytest

from grader.evidence.export import export_task
from grader.evidence.plan import TaskPlan
from grader.evidence.workers import EvidenceWorkerError, EvidenceWorkers, WorkerLimits
from grader.measures import ImageSet, Predictions

pytestmark = pytest.mark.slow

PLAN = TaskPlan("t", ("prepare", "model"))
ENDLESS_IMAGES = ImageSet("fresh", "critters", "fresh", 20_000, seed=1)
ENDLESS = TaskPlan("t", ("prepare", "model"), (Predictions("model", "fresh"),), {"fresh": ENDLESS_IMAGES})


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Flatten(), keras.layers.Dense(10, "softmax")])
    export_task(PLAN, {"prepare": lambda images: images, "model": model}, tmp_path, 7, {})
    return tmp_path


def test_a_worker_that_takes_too_long_costs_only_its_submission(exports: Path) -> None:
    with EvidenceWorkers((), 1, WorkerLimits(seconds=10)) as workers:
        assert "to be read" in workers.gather(exports, [ENDLESS], 7).refusals[0]
        evidence = workers.gather(exports, [PLAN], 7)
        assert evidence.refusals == ()
        assert evidence.tasks["t"].models["model"].trainable_parameters == 122_890


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the data memory of a process")
def test_a_worker_that_cannot_start_is_no_submissions_fault(exports: Path) -> None:
    with (
        EvidenceWorkers((), 1, WorkerLimits(memory_mb=50)) as workers,
        pytest.raises(EvidenceWorkerError, match="memory"),
    ):
        workers.gather(exports, [PLAN], 7)


def test_a_worker_that_was_ended_while_it_was_idle_is_replaced(exports: Path) -> None:
    before = set(psutil.Process().children(recursive=True))
    with EvidenceWorkers((), 1) as workers:
        workers.gather(exports, [PLAN], 7)
        idle = [child for child in psutil.Process().children(recursive=True) if child not in before]
        for child in idle:
            child.kill()
        psutil.wait_procs(idle, timeout=10)
        assert workers.gather(exports, [PLAN], 7).tasks["t"].problems == {}
