"""What is expected is read as it is written, and every way in which results can differ from it is a fault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader import rubric
from grader.records import CheckResult, Evidence, Outcome
from grader.score import score
from tests.expected import Expected, Lost, Student, expected, faults

EXERCISE = "01_vgg16_feature_extraction"
WRONG = "wrong_binary_cross_entropy"
POOLED = "wrong_pooled_head"
KNOWN = expected(EXERCISE)


def passed() -> dict[str, CheckResult]:
    """Return the results of an answer in which nothing is wrong."""
    results = score(rubric.load(EXERCISE), Evidence({}))
    return {each.check: replace(each, outcome=Outcome.PASSED, earned=each.points, found="") for each in results}


def without_images(results: dict[str, CheckResult]) -> dict[str, CheckResult]:
    on_images = ("accuracy", "class-report")
    return results | {name: replace(results[name], outcome=Outcome.UNMEASURED, earned=0.0) for name in on_images}


def caught(**changes: object) -> dict[str, CheckResult]:
    """Return the results of the wrong loss, as they should be, with changes to the check that fails."""
    results = without_images(passed())
    failed = replace(results["loss"], outcome=Outcome.FAILED, earned=0.0, found="binary_crossentropy", expected="x")
    return results | {"loss": replace(failed, **changes)}  # type: ignore[arg-type]


def test_a_right_answer_with_full_marks_has_no_fault() -> None:
    assert faults(KNOWN, "solution", passed()) == ()


def test_a_right_answer_that_is_marked_down_or_not_measured_is_a_fault() -> None:
    results = passed()
    results["loss"] = replace(results["loss"], outcome=Outcome.FAILED, earned=0.5, found="none at all")
    assert faults(KNOWN, "solution", results) == ("loss is failed: none at all",)
    assert faults(KNOWN, "solution", without_images(passed())) == (
        f"accuracy is unmeasured: {passed()['accuracy'].found}",
        f"class-report is unmeasured: {passed()['class-report'].found}",
    )


def test_points_that_are_not_the_exercises_are_a_fault() -> None:
    results = passed()
    assert faults(replace(KNOWN, points=24), "solution", results) == ("the checks have 30 points together, and not 24",)


def test_a_wrong_answer_that_is_caught_as_it_should_has_no_fault() -> None:
    assert faults(KNOWN, WRONG, caught()) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"outcome": Outcome.PASSED}, "loss is passed, and not failed"),
        ({"outcome": Outcome.UNMEASURED}, "loss is unmeasured, and not failed"),
        ({"earned": 0.5}, "loss earns 0.5, and not 0"),
        ({"found": "mse"}, "loss says “mse”, and not “binary_crossentropy”"),
        ({"why": ""}, "does not tell what was expected, why, and where to look"),
        ({"see": ""}, "does not tell what was expected, why, and where to look"),
        ({"expected": ""}, "does not tell what was expected, why, and where to look"),
    ],
)
def test_a_wrong_answer_that_is_caught_in_another_way_is_a_fault(changes: dict[str, object], said: str) -> None:
    (fault,) = faults(KNOWN, WRONG, caught(**changes))
    assert said in fault


def test_a_wrong_answer_that_loses_something_else_or_is_measured_on_images_is_a_fault() -> None:
    more = caught()
    more["preprocessing"] = replace(more["preprocessing"], outcome=Outcome.FAILED, earned=0.0, found="raw")
    assert faults(KNOWN, WRONG, more) == ("preprocessing is failed: raw",)
    assert faults(KNOWN, WRONG, caught() | {"accuracy": passed()["accuracy"]}) == ("accuracy is passed without images",)


def test_a_wrong_answer_that_was_measured_on_images_all_the_same_may_lose_there_too() -> None:
    on_images = {name: passed()[name] for name in ("accuracy", "class-report")}
    lost = replace(on_images["accuracy"], outcome=Outcome.FAILED, earned=0.0)
    assert faults(KNOWN, WRONG, caught() | on_images, measured=True) == ()
    assert faults(KNOWN, WRONG, caught() | on_images | {"accuracy": lost}, measured=True) == ()
    assert faults(KNOWN, WRONG, caught() | {"accuracy": lost}, measured=True) == (
        "class-report is unmeasured on images",
    )


def test_a_check_that_was_never_judged_is_a_fault() -> None:
    results = caught()
    del results["loss"]
    assert "loss was never judged" in faults(KNOWN, WRONG, results)


def test_wrong_answers_run_without_images_unless_it_is_these_on_which_they_fail() -> None:
    assert KNOWN.setting("solution").parameters == {**KNOWN.quick, **KNOWN.few}
    assert KNOWN.setting("solution").images is not None
    assert KNOWN.setting(WRONG).parameters == KNOWN.fast
    assert KNOWN.setting(WRONG).images is None
    on_images = replace(KNOWN, wrong={WRONG: {"accuracy": Lost("0.1")}})
    assert on_images.setting(WRONG).images is not None
    assert on_images.setting(WRONG).parameters == {**KNOWN.quick, **KNOWN.few}


def test_parameters_that_go_with_fewer_images_are_set_only_with_these() -> None:
    fewer = replace(KNOWN, quick={"EPOCHS": 4, "TEST_PER_KIND": 10}, few={"TEST_PER_KIND": 2})
    assert fewer.setting("solution").parameters == {"EPOCHS": 4, "TEST_PER_KIND": 2}
    assert fewer.setting(WRONG).parameters == KNOWN.fast


def test_a_stale_compile_is_traced_where_other_answers_run_eagerly() -> None:
    eager = replace(KNOWN, eager=True, traced=frozenset({WRONG}))
    assert eager.setting("solution").eager
    assert not eager.setting(WRONG).eager


def written(folder: Path, text: str) -> Expected:
    (folder / EXERCISE / WRONG).mkdir(parents=True)
    (folder / EXERCISE / "expected.toml").write_text(text, encoding="utf-8")
    return expected(EXERCISE, folder)


TOML = """
points = 25
[quick]
EPOCHS = 4
[fast]
EPOCHS = 1
[wrong.wrong_binary_cross_entropy]
loss = "binary"
head-layers = { says = "pooled", earned = 1.5 }
"""


def test_a_file_is_read_as_it_is_written(tmp_path: Path) -> None:
    student = '[[class]]\nstudent = "ben"\nanswers = "blank"\nscore = 0\nsays = ["so"]\n'
    known = written(tmp_path, TOML + student)
    assert known.wrong == {WRONG: {"loss": Lost("binary"), "head-layers": Lost("pooled", 1.5)}}
    assert known.students == (Student("ben", "blank", 0, "ok", ("so",)),)
    assert (known.quick, known.images, known.eager) == ({"EPOCHS": 4}, {}, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"egaer = true\n{TOML}", "egaer"),
        (f'{TOML}[[class]]\nstudent = "ben"\nanswer = "blank"\n', "answer"),
        (TOML.replace("loss =", "lots ="), "fails no check"),
        (TOML.replace("wrong_binary_cross_entropy", "wrong_absent"), "no folder"),
        (f"{TOML}[wrong.wrong_empty]\n", "fails no check"),
    ],
)
def test_a_file_that_cannot_be_meant_so_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        written(tmp_path, text)
