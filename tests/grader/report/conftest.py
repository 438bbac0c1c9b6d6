"""Hand-built results for the tests of the reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.records import CheckResult, Graded, Outcome, Status, Submission

EXERCISE = "01_vgg16_feature_extraction"


def _results() -> tuple[CheckResult, ...]:
    return (
        CheckResult(
            check="prepare",
            task="prepare",
            title="Images are prepared as VGG16 expects",
            kind="recomputed",
            points=2,
            earned=2,
            outcome=Outcome.PASSED,
            found="VGG16's own preprocess_input",
            expected="VGG16's own preprocess_input",
            why="Pretrained features only fit images that look like those they were trained on.",
            see="keras.applications.vgg16.preprocess_input",
        ),
        CheckResult(
            check="base-frozen",
            task="base",
            title="The base is frozen",
            kind="recomputed",
            points=3,
            earned=0,
            outcome=Outcome.FAILED,
            found="0 frozen parameters; 26 of 26 arrays can change",
            expected="14,714,688 frozen parameters",
            why="A base that trains along forgets what it knows before the head has learnt anything.",
            see="base.trainable = False, before compile",
        ),
        CheckResult(
            check="loss",
            task="train",
            title="The loss fits the labels",
            kind="reported",
            points=1.5,
            earned=0.5,
            outcome=Outcome.WAITING,
            found="mean_squared_error",
            expected="a cross-entropy",
        ),
    )


@pytest.fixture
def graded() -> Graded:
    """One submission with a passed, a failed and an open check: 2.5 of 6.5 points."""
    return Graded(
        submission=Submission("ada", EXERCISE, Path("ada") / f"{EXERCISE}.ipynb"),
        status=Status.ERROR,
        detail="Cell 12 (train) stopped with NameError: name 'hed' is not defined.",
        results=_results(),
        remarks=("The cell `base` was there twice; the last that is not empty was used.",),
        seconds=61.26,
        sandboxed=True,
        rubric_digest="a1b2c3d4",
        image_seed="public",
        versions={"keras": "3.15.0", "tensorflow": "2.21.0"},
    )


@pytest.fixture
def hostile(graded: Graded) -> Graded:
    """A submission whose every text tries to be more than text."""
    evil = '=HYPERLINK("http://evil","x")</style><script>alert(1)</script>\u202e\udcff\x07'
    results = tuple(replace(result, found=evil, title="<b>" + result.title) for result in graded.results)
    return replace(graded, submission=Submission(evil, EXERCISE, None), detail=evil, remarks=(evil,), results=results)
