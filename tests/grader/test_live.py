"""The learner's ``check`` in its three ways, on real Keras models and a backbone packed for these tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

import grader
import grader.live
from data import pretrained
from grader import rubric
from grader.records import CheckResult, Outcome
from grader.view import Answer

from .made import EXERCISE, result_of

ASK = "from grader import check\nanswer = check({arguments})"


@pytest.fixture(scope="module", autouse=True)
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Keras's VGG16 with random weights that the course's packing has gone over, standing in for the shipped ones."""
    patch = pytest.MonkeyPatch()
    folder = tmp_path_factory.mktemp("weights")
    patch.setattr(pretrained, "FOLDER", folder)
    patch.setattr(pretrained, "MANIFEST", folder / "manifest.json")
    patch.delenv("GRADER_SEED_FILE", raising=False)
    model = pretrained.architecture("VGG16")
    rng = np.random.default_rng(0)
    paths = [f"{layer.name}/{part}" for layer in model.layers if layer.weights for part in ("kernel", "bias")]
    values = [rng.normal(0, 0.02, weight.shape).astype(np.float32) for weight in model.weights]
    entry = pretrained.pack("VGG16", dict(zip(paths, values, strict=True)), folder)
    pretrained.register("VGG16", entry, folder)
    _forget()
    model.set_weights(list(pretrained.arrays("VGG16").values()))
    model.trainable = False
    yield model
    patch.undo()
    _forget()


def _forget() -> None:
    pretrained.arrays.cache_clear()
    pretrained._manifest.cache_clear()


@pytest.fixture(autouse=True)
def in_jupyter(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("GRADER_EXPORT", "NBGRADER_EXECUTION", "GRADER_PROBE_SEED"):
        monkeypatch.delenv(variable, raising=False)


def prepare(images: Any) -> Any:
    return keras.applications.vgg16.preprocess_input(np.array(images, dtype=np.float32))


def model_on(base: Any) -> Any:
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            layers.RandomFlip("horizontal"),
            base,
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


def ask(task: str, namespace: dict[str, Any], exercise: str = EXERCISE, fresh: bool = False) -> Any:
    """Run a check cell in a notebook's namespace and return its result."""
    cell = dict(namespace)
    exec(ASK.format(arguments=f"{exercise!r}, {task!r}, fresh={fresh}"), cell)
    return cell["answer"]


def results(task: str, namespace: dict[str, Any]) -> tuple[CheckResult, ...]:
    answer = ask(task, namespace)
    assert isinstance(answer, Answer)
    assert not answer.problem
    return answer.results


TWO_PHASES = """
exercise = "phases"
title = "Two phases"

[[task]]
id = "first"
title = "First"
exports = ["model"]
see = "notebook, section 1"

[[task]]
id = "second"
title = "Second"
exports = ["model"]
see = "notebook, section 1"

[[check]]
id = "size"
task = "first"
title = "Size"
points = 1
kind = "recomputed"
rule = "between"
parameters = { quantity = "trainable(model)", at_least = 1 }
why = "because"

[[check]]
id = "longer"
task = "second"
title = "The kernel grew"
points = 1
kind = "recomputed"
rule = "rising"
parameters = { quantities = ["length(first.model, 1)", "length(model, 1)"] }
why = "because"

[[check]]
id = "words"
task = "second"
title = "In words"
points = 0.4
kind = "person"
why = "because"
"""


def test_a_check_of_two_tasks_remembers_what_the_first_saw(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "phases.toml").write_text(TWO_PHASES, encoding="utf-8")
    monkeypatch.setattr(rubric, "FOLDER", tmp_path)
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(2)])
    model.layers[0].set_weights([np.eye(2), np.zeros(2)])
    early = ask("second", {"model": model}, "phases")
    assert early.results[0].outcome is Outcome.UNMEASURED
    assert "Task first was not reached" in early.results[0].found
    ask("first", {"model": model}, "phases")
    assert ask("second", {"model": model}, "phases").earned == 0
    model.layers[0].set_weights([2 * np.eye(2), np.zeros(2)])
    late = ask("second", {"model": model}, "phases")
    assert late.earned == 1
    assert repr(late).startswith(
        "Second: 1 of 2 checks passed, 1 of 1.4 points; 1 check (0.4 points) waits for a person"
    )


def test_importing_the_check_does_not_import_tensorflow() -> None:
    code = "import sys, grader; from grader import check; print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_the_name_is_the_function_whatever_was_imported_before() -> None:
    assert grader.check is grader.live.check
    with pytest.raises(AttributeError, match="has no attribute 'chekc'"):
        _ = grader.chekc


def test_right_prepare_passes() -> None:
    answer = ask("prepare", {"prepare": prepare})
    assert repr(answer).startswith("Prepare the images: 1 of 1 check passed, 2 of 2 points")


def test_right_base_passes(backbone: Any) -> None:
    assert [result.outcome for result in results("base", {"base": backbone})] == [Outcome.PASSED] * 2


def test_right_model_passes(backbone: Any) -> None:
    found = results("model", {"prepare": prepare, "model": model_on(backbone)})
    assert [(result.check, result.outcome) for result in found] == [
        ("augmentation", Outcome.PASSED),
        ("head-layers", Outcome.PASSED),
        ("dropout-rate", Outcome.PASSED),
        ("trainable-parameters", Outcome.PASSED),
        ("preprocessing", Outcome.PASSED),
    ]


def test_random_base_is_told(backbone: Any) -> None:
    found = results("base", {"base": pretrained.architecture("VGG16")})
    assert found[0].found == "the weights of `base` are random: it was built without the pretrained ones"
    assert found[1].found == "0 frozen parameters and 14,714,688 that would be trained"


def test_forgotten_preprocessing_is_told(backbone: Any) -> None:
    found = results("model", {"prepare": lambda images: np.asarray(images, "float32"), "model": model_on(backbone)})
    assert result_of(found, "preprocessing").found.startswith("the first convolution receives raw pixels")


def test_training_is_checked_without_fresh_images_unless_asked(backbone: Any) -> None:
    model = model_on(backbone)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    answer = ask("train", {"prepare": prepare, "model": model})
    first = "Compile and train: 4 of 5 checks passed, 7 of 11 points; 1 check (4 points) not measured"
    assert repr(answer).splitlines()[0] == first
    accuracy = result_of(answer.results, "accuracy")
    assert accuracy.found == f'not measured: ask with `check("{EXERCISE}", "train", fresh=True)`'


def raising(images: Any) -> Any:
    raise ValueError("no <b>such</b> thing")


def leaving(images: Any) -> Any:
    sys.exit("bye")


@pytest.mark.parametrize(
    ("namespace", "words"),
    [
        ({}, "`prepare`"),
        ({"prepare": ...}, "`prepare`"),
        ({"prepare": None}, "`prepare`"),
        ({"prepare": 3}, "int"),
        ({"prepare": raising}, "ValueError"),
        ({"prepare": lambda images: None}, "`prepare`"),
        ({"prepare": lambda images: "text"}, "`prepare`"),
        ({"prepare": lambda: 3}, "TypeError"),
    ],
)
def test_wrong_prepare_is_an_answer(namespace: dict[str, Any], words: str) -> None:
    answer = ask("prepare", namespace)
    assert answer.earned == 0
    assert words in answer.results[0].found
    assert answer.results[0].outcome is Outcome.FAILED
    assert "<b>" not in answer._repr_html_()


def test_prepare_that_ends_the_process_is_an_answer() -> None:
    answer = ask("prepare", {"prepare": leaving})
    assert answer.earned == 0
    assert "SystemExit" in answer.results[0].found


@pytest.mark.parametrize("value", [..., None, "vgg16", 5, np.zeros(3), lambda: 1])
def test_wrong_base_is_an_answer(value: object) -> None:
    found = results("base", {"base": value})
    assert [result.earned for result in found] == [0, 0]
    assert "`base`" in found[0].found


def test_unknown_exercise_and_task_list_what_exists() -> None:
    problem = ask("prepare", {}, exercise="01_nothing").problem
    assert problem.startswith('There is no exercise "01_nothing"; there is ')
    assert EXERCISE in problem
    assert ask("prepaer", {}).problem == (
        f'Exercise "{EXERCISE}" has no task "prepaer"; there is arrays, prepare, base, model, train, report.'
    )


@pytest.mark.parametrize("wrong", ["None", "3", "['x']"])
def test_senseless_arguments_are_an_answer(wrong: str) -> None:
    cell: dict[str, Any] = {}
    exec(ASK.format(arguments=f"{wrong}, {wrong}"), cell)
    assert EXERCISE in cell["answer"].problem


def test_a_failure_of_the_grader_itself_is_a_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pretrained, "MANIFEST", tmp_path / "missing.json")
    pretrained._manifest.cache_clear()
    found = results("prepare", {"prepare": prepare})
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert ask("prepare", {"prepare": prepare}) == 0.0
    pretrained._manifest.cache_clear()
    assert "the check itself failed" in capsys.readouterr().out
    assert found[0].outcome is Outcome.UNMEASURED
    assert found[0].found.startswith("the check itself failed (WeightsError")


def test_a_grading_run_exports_and_shows_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRADER_EXPORT", str(tmp_path))
    monkeypatch.setenv("GRADER_PROBE_SEED", "3")
    assert ask("prepare", {"prepare": prepare}) is None
    assert (tmp_path / "prepare" / "manifest.json").is_file()
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_grading_run_exports_only_from_cells_of_checks_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GRADER_EXPORT", str(tmp_path))
    shell = InteractiveShell.instance()
    try:
        shell.user_ns["prepare"] = prepare
        call = ASK.format(arguments=f"{EXERCISE!r}, 'prepare'").replace("answer = ", "")
        shell.run_cell(f"mine = 3\n{call}", store_history=True)
        assert list(tmp_path.iterdir()) == []
        shell.run_cell(f"# the course's own cell\n{call}", store_history=True)
        assert (tmp_path / "prepare" / "manifest.json").is_file()
    finally:
        InteractiveShell.clear_instance()


def test_a_grading_run_survives_an_unknown_task(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GRADER_EXPORT", str(tmp_path))
    assert ask("nothing", {}) is None
    assert "nothing was exported" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def noisy(images: Any) -> Any:
    print("to stdout")
    print("to stderr", file=sys.stderr)
    os.write(2, b"native\n")
    return prepare(images)


def test_nbgrader_gets_a_float_and_silence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], backbone: Any
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert repr(ask("prepare", {"prepare": noisy})) == "2.0"
    assert repr(ask("prepare", {})) == "0.0"
    backbone_without_freeze = pretrained.architecture("VGG16")
    backbone_without_freeze.set_weights(backbone.get_weights())
    assert repr(ask("base", {"base": backbone_without_freeze})) == "2.0"
    assert capfd.readouterr() == ("", "")


def test_nbgrader_gets_zero_and_a_line_for_an_unknown_task(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert ask("nothing", {}) == 0.0
    out, err = capfd.readouterr()
    assert "has no task" in out
    assert err == ""


@pytest.mark.slow
def test_fresh_images_are_measured_when_asked(backbone: Any, capfd: pytest.CaptureFixture[str]) -> None:
    model = model_on(backbone)
    answer = ask("train", {"prepare": prepare, "model": model}, fresh=True)
    accuracy = result_of(answer.results, "accuracy")
    assert accuracy.outcome is Outcome.FAILED
    assert accuracy.found.endswith("of 300 fresh images)")
    out, _ = capfd.readouterr()
    assert "Drawing fresh images" in out
    assert "Predicting" in out


@pytest.mark.slow
def test_nbgrader_itself_reads_the_scores(tmp_path: Path) -> None:
    v4 = nbformat.v4
    setup = (
        "import os\nfrom pathlib import Path\nfrom keras.applications import vgg16\nfrom data import pretrained\n"
        f"pretrained.MANIFEST = Path({str(pretrained.MANIFEST)!r})\nos.environ['NBGRADER_EXECUTION'] = 'autograde'"
    )
    right = "def prepare(images):\n    os.write(2, b'!')\n    return vgg16.preprocess_input(images.astype('float32'))"
    wrong = "def prepare(images):\n    print('no')\n    return images[0]"
    asked = [_asked(), _asked(), _asked()]
    cells = [setup, right, asked[0], wrong, asked[1], "del prepare", asked[2]]
    codes = [v4.new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    NotebookClient(v4.new_notebook(cells=codes), kernel_name="python3", timeout=120).execute()
    assert [[output.output_type for output in cell.outputs] for cell in asked] == [["execute_result"]] * 3
    assert [determine_grade(cell) for cell in asked] == [(2, 2), (0, 2), (0, 2)]


def _asked() -> Any:
    cell = nbformat.v4.new_code_cell(f'from grader import check\n\ncheck("{EXERCISE}", "prepare")')
    cell.metadata["nbgrader"] = {"grade": True, "locked": True, "solution": False, "points": 2, "grade_id": "c"}
    return cell
