from __future__ import annotations

import json
from dataclasses import replace

from grader.records import Graded, Status
from grader.report.gradescope import results_json


def test_when_a_submission_is_graded_then_results_json_is_exactly_gradescopes(graded: Graded) -> None:
    assert json.loads(results_json(graded)) == {
        "score": 2.5,
        "execution_time": 61.3,
        "output": "A cell stopped with an error. The tasks that were finished count.\n"
        "Cell 12 (train) stopped with NameError: name 'hed' is not defined.\n"
        "1 point waits for a person: not yet in the score.\n"
        "The cell `base` was there twice; the last that is not empty was used.\n"
        "Seed of the fresh images: public: the fresh images come from the course's public seed, "
        "so students can draw the same ones.",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "extra_data": {
            "student": "ada",
            "exercise": "01_vgg16_feature_extraction",
            "status": "error",
            "detail": "Cell 12 (train) stopped with NameError: name 'hed' is not defined.",
            "max_score": 6.5,
            "waiting": 1,
            "remarks": ["The cell `base` was there twice; the last that is not empty was used."],
            "versions": {"keras": "3.15.0", "tensorflow": "2.21.0"},
            "rubric_digest": "a1b2c3d4",
            "image_seed": "public",
            "sandboxed": True,
        },
        "tests": [
            {
                "score": 2,
                "max_score": 2,
                "status": "passed",
                "name": "Images are prepared as VGG16 expects",
                "number": "1",
                "output": "Passed.\nFound: VGG16's own preprocess_input\nExpected: VGG16's own preprocess_input",
                "output_format": "text",
                "tags": ["recomputed"],
                "visibility": "visible",
                "extra_data": {"check": "prepare", "task": "prepare", "outcome": "passed"},
            },
            {
                "score": 0,
                "max_score": 3,
                "status": "failed",
                "name": "The base is frozen",
                "number": "2",
                "output": "Not yet.\nFound: 0 frozen parameters; 26 of 26 arrays can change\n"
                "Expected: 14,714,688 frozen parameters\n"
                "Why it matters: A base that trains along forgets what it knows before the head has learnt anything.\n"
                "Where to look: base.trainable = False, before compile",
                "output_format": "text",
                "tags": ["recomputed"],
                "visibility": "visible",
                "extra_data": {"check": "base-frozen", "task": "base", "outcome": "failed"},
            },
            {
                "score": 0.5,
                "max_score": 1.5,
                "status": "failed",
                "name": "The loss fits the labels (waits for a person)",
                "number": "3",
                "output": "Waits for a person.\nFound: mean_squared_error\nExpected: a cross-entropy",
                "output_format": "text",
                "tags": ["reported"],
                "visibility": "visible",
                "extra_data": {"check": "loss", "task": "train", "outcome": "waiting"},
            },
        ],
    }


def test_when_points_are_thirds_then_the_score_has_no_rounding_noise(graded: Graded) -> None:
    thirds = tuple(replace(result, earned=0.1, points=0.1) for result in graded.results)
    assert json.loads(results_json(replace(graded, results=thirds)))["score"] == 0.3


def test_when_there_was_no_sandbox_then_the_output_says_so(graded: Graded) -> None:
    content = json.loads(results_json(replace(graded, sandboxed=False)))
    assert content["extra_data"]["sandboxed"] is False
    assert "--no-sandbox" in content["output"]


def test_when_the_text_is_hostile_then_the_json_is_still_utf8(hostile: Graded) -> None:
    text = results_json(hostile)
    text.encode("utf-8")
    assert json.loads(text)["extra_data"]["student"].endswith("</script>\ufffd\ufffd\ufffd")


def test_when_nothing_was_handed_in_then_the_maximum_stays(graded: Graded) -> None:
    lost = tuple(replace(result, earned=0.0) for result in graded.results)
    content = json.loads(results_json(replace(graded, status=Status.MISSING, detail="", results=lost)))
    assert content["score"] == 0
    assert content["extra_data"]["max_score"] == 6.5
