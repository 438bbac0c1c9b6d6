from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from grader.rubric import FOLDER, UnknownExerciseError, load, names, read
from grader.rubric_file import RubricError

from .made import EXERCISE

SMALL = """
exercise = "small"
title = "A small exercise"

[[task]]
id = "train"
title = "Train"
exports = ["model"]
see = "notebook, section 1"

[[check]]
id = "rate"
task = "train"
title = "Dropout"
points = 7
kind = "recomputed"
rule = "dropout_rate"
parameters = { object = "model", backbone = "VGG16", rate = 0.5 }
why = "because"

[[check]]
id = "loss"
task = "train"
title = "Loss"
points = 2
kind = "reported"
rule = "loss"
parameters = { object = "model", accepted = ["mse"] }
why = "because"
see = "notebook, section 2"

[[check]]
id = "text"
task = "train"
title = "Text"
points = 1
kind = "person"
why = "because"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "small.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("exercise", names())
def test_every_shipped_rubric_is_valid(exercise: str) -> None:
    rubric = load(exercise)
    assert rubric.exercise == exercise
    assert rubric.digest == hashlib.sha256((FOLDER / f"{exercise}.toml").read_bytes()).hexdigest()


def test_the_first_exercise_has_its_points() -> None:
    rubric = load(EXERCISE)
    assert [(task.id, rubric.only(task.id).points) for task in rubric.tasks] == [
        ("arrays", 2),
        ("prepare", 2),
        ("base", 4),
        ("model", 9),
        ("train", 11),
        ("report", 2),
    ]
    assert sum(check.points for check in rubric.checks if check.kind == "recomputed") == 27


def test_a_small_rubric_is_read(tmp_path: Path) -> None:
    rubric = read(write(tmp_path, SMALL))
    assert [check.see for check in rubric.checks] == [
        "notebook, section 1",
        "notebook, section 2",
        "notebook, section 1",
    ]
    assert (rubric.points, rubric.checks[2].rule) == (10, None)
    assert (rubric.task("train"), rubric.task("other")) == (rubric.tasks[0], None)


def test_a_changed_point_changes_the_digest(tmp_path: Path) -> None:
    first = read(write(tmp_path, SMALL))
    second = read(write(tmp_path, SMALL.replace("points = 7", "points = 8")))
    assert (second.points, second.digest == first.digest) == (11, False)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('rule = "loss"', 'rule = "los"', 'check "loss": rule "los" does not exist; there is prepared_batch, '),
        ("rate = 0.5", "rat = 0.5", 'check "rate": rule "dropout_rate": parameter rat does not exist; there is object'),
        (", rate = 0.5", "", 'check "rate": rule "dropout_rate": parameter rate is missing; add it.'),
        ("rate = 0.5", 'rate = "half"', "parameter rate is 'half'; write a number."),
        ("rate = 0.5", "rate = true", "parameter rate is True; write a number."),
        ("rate = 0.5", "rate = nan", "parameter rate is nan; write a number."),
        ('"VGG16"', "16", "parameter backbone is 16; write a text."),
        ('"VGG16"', '"VGG"', 'check "rate": backbone is "VGG"; there is AlexNet, EfficientNetB0, '),
        ('["mse"]', '"mse"', "parameter accepted is 'mse'; write a list."),
        ('["mse"]', "[1]", "parameter accepted is 1; write a text."),
        ('id = "loss"', 'id = "rate"', 'check "rate": id occurs twice; give each check an id of its own.'),
        ("points = 7", "points = -7", 'check "rate": points is -7; give a number that is not negative.'),
        ("points = 7", 'points = "7"', "check \"rate\": points is '7'; write a number."),
        ("points = 7", "points = inf", 'check "rate": points is inf; write a number.'),
        ("points = 7", "point = 7", 'check "rate": point is not a key here; use one of id, task, title, points'),
        ("points = 7", "points = 3", "recomputed checks carry 3 of 6 points, "),
        ('kind = "reported"', 'kind = "recomputed"', 'but its rule rests on reported facts; write kind = "reported".'),
        ('kind = "reported"', 'kind = "person"', "a check for a person has no rule"),
        ('kind = "reported"', 'kind = "guess"', 'kind is "guess"; write one of recomputed, reported, person.'),
        ('object = "model", acc', 'object = "base", acc', 'object is "base", but task "train" exports model.'),
        ('task = "train"\ntitle = "Loss"', 'task = "x"\ntitle = "Loss"', 'task "x" does not exist; there is train.'),
        ('why = "because"', 'why = " "', "why is ' '; write a text that is not empty."),
        ('exports = ["model"]', "exports = []", 'task "train": exports is []; write a list of texts'),
        ('title = "A small exercise"', "", "small.toml: title is missing; add it."),
        ('exercise = "small"', 'exercise = "large"', "but the file is called small.toml"),
        ("[[check]]", "[check]", "this is no TOML"),
        ("parameters = { object", "parameters = 3 # { object", 'check "rate": parameters is 3; write a table'),
    ],
)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in SMALL
    with pytest.raises(RubricError) as caught:
        read(write(tmp_path, SMALL.replace(old, new)))
    assert str(caught.value).startswith("small.toml: ")
    assert sentence in str(caught.value)


def test_a_task_without_checks_is_named(tmp_path: Path) -> None:
    extra = '[[task]]\nid = "idle"\ntitle = "Idle"\nexports = ["x"]\nsee = "nowhere"\n'
    with pytest.raises(RubricError, match='task "idle" has no check'):
        read(write(tmp_path, SMALL + extra))


def test_an_unknown_task_before_is_named(tmp_path: Path) -> None:
    rule = 'rule = "frozen_and_pretrained"\nparameters = { object = "model", backbone = "VGG16", before = "dawn" }\nwhy'
    old = 'rule = "dropout_rate"\nparameters = { object = "model", backbone = "VGG16", rate = 0.5 }\nwhy'
    with pytest.raises(RubricError, match='before is "dawn", but there is no such task; there is train'):
        read(write(tmp_path, SMALL.replace(old, rule)))


MEASURED = """
[[images]]
id = "fresh"
set = "critters"
part = "fresh"
count = 3

[[check]]
id = "gap"
task = "train"
title = "Gap"
points = 1
kind = "recomputed"
rule = "between"
parameters = { quantity = "accuracy(model, fresh)", at_least = 0.5 }
why = "because"
"""


def test_a_measure_on_described_images_is_read(tmp_path: Path) -> None:
    rubric = read(write(tmp_path, SMALL + MEASURED))
    assert [images.id for images in rubric.images] == ["fresh"]
    assert rubric.only("train").images == rubric.images


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("(model, fresh)", "(model, stale)", 'it needs the images "stale", which are not described'),
        ("(model, fresh)", "(head, fresh)", 'it looks at "head", but task "train" exports model.'),
        ("(model, fresh)", "(dusk.model, fresh)", '"dusk.model" is of no task that exists; there is train.'),
        ("accuracy(", "acuracy(", "names acuracy; there is accuracy, loss, "),
        (", at_least = 0.5", "", "at_least and at_most are both missing"),
        ('part = "fresh"', 'part = "new"', 'images "fresh": part is "new"'),
    ],
)
def test_a_measure_that_cannot_be_taken_is_named(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    assert old in MEASURED
    with pytest.raises(RubricError) as caught:
        read(write(tmp_path, SMALL + MEASURED.replace(old, new)))
    assert sentence in str(caught.value)


def test_what_prepare_returned_counts_with_the_reports(tmp_path: Path) -> None:
    trusting = SMALL.replace('rule = "dropout_rate"', 'rule = "preprocessing"').replace(", rate = 0.5", "")
    with pytest.raises(RubricError, match="recomputed checks carry 0 of 10 points, those not counted that rest on"):
        read(write(tmp_path, trusting))


def test_a_missing_file_and_a_file_of_bytes_are_said(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="cannot be read"):
        read(tmp_path / "small.toml")
    (tmp_path / "small.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RubricError, match="cannot be read"):
        read(tmp_path / "small.toml")


@pytest.mark.parametrize("exercise", ["nothing", "../rubrics/01_vgg16_feature_extraction", "", "*"])
def test_an_unknown_exercise_lists_those_that_exist(exercise: str) -> None:
    with pytest.raises(UnknownExerciseError, match=EXERCISE):
        load(exercise)
