"""photographs, compare and split: a user's folder with everything that goes wrong in one."""

import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import DatasetError, compare, load, photographs, split
from data.problems import Problem, Problems

IMAGES, LABELS = load("critters", "train", 12)


def _picture(number: int) -> Image.Image:
    return Image.fromarray(IMAGES[number])


def _folder(root: Path, **classes: range) -> Path:
    for name, numbers in classes.items():
        (root / name).mkdir(parents=True)
        for number in numbers:
            _picture(number).save(root / name / f"{number:03d}.png")
    return root


def _remarks(problems: Problems) -> dict[str, tuple[str, bool]]:
    assert len({problem.file for problem in problems}) == len(problems), "one remark for each file here"
    return {problem.file: (problem.found, problem.used) for problem in problems}


def test_a_sound_folder_becomes_arrays_in_order(tmp_path: Path) -> None:
    found = photographs(_folder(tmp_path / "my", dog=range(3), cat=range(10, 15)), size=64)
    assert found.classes == ("cat", "dog")
    assert found.labels.tolist() == [0] * 5 + [1] * 3
    assert found.images.dtype == np.uint8
    np.testing.assert_array_equal(found.images, IMAGES[[10, 11, 12, 13, 14, 0, 1, 2]])
    assert found.paths[5] == tmp_path / "my" / "dog" / "000.png"
    assert found.problems == Problems()
    assert repr(found.problems) == "No problems were found."
    assert repr(found).startswith("8 photographs of 2 classes (cat 5, dog 3), 64 by 64 pixels")


def test_an_image_is_cut_to_its_middle_square_and_resized(tmp_path: Path) -> None:
    wide = Image.new("RGB", (300, 100), "red")
    wide.paste("blue", (100, 0, 200, 100))
    (tmp_path / "flag").mkdir()
    wide.save(tmp_path / "flag" / "wide.png")
    wide.rotate(90, expand=True).save(tmp_path / "flag" / "tall.png")
    found = photographs(tmp_path, size=32)
    assert found.images.shape == (2, 32, 32, 3)
    assert (found.images[:, 3:-3, 3:-3] == [0, 0, 255]).all()


def test_every_odd_file_is_named_and_none_is_fatal(tmp_path: Path) -> None:
    root = _folder(tmp_path / "my", cat=range(3), dog=range(20, 23), empty=range(0))
    _picture(30).save(root / "cat" / "a.jpg?w=1024", format="JPEG")
    _picture(31).save(root / "cat" / "b.jpg", format="PNG")
    _picture(32).convert("L").save(root / "cat" / "grey.png")
    _picture(33).resize((20, 40)).save(root / "cat" / "small.png")
    (root / "cat" / "broken.png").write_bytes((root / "cat" / "000.png").read_bytes()[:900])
    (root / "cat" / "notes.txt").write_text("my cats")
    (root / "cat" / "kittens").mkdir()
    _picture(34).save(root / "cat" / "kittens" / "k.png")
    _picture(35).save(root / "loose.png")
    (root / "LICENSE.txt").write_text("mine")
    found = photographs(root, size=48)
    assert found.classes == ("cat", "dog")
    assert np.bincount(found.labels).tolist() == [8, 3]
    remarks = _remarks(found.problems)
    broken, _ = remarks.pop("cat/broken.png")
    assert broken.startswith("is cut off or damaged")
    assert remarks == {
        "loose.png": ("lies in no class folder", False),
        "cat/kittens": ("is a folder within a class", True),
        "cat/a.jpg?w=1024": ('is a JPEG with the extension ".jpg?w=1024"', True),
        "cat/b.jpg": ("is a PNG, although its name says JPEG", True),
        "cat/grey.png": ("is grey", True),
        "cat/small.png": ("has 20 by 40 pixels, fewer than 48", True),
        "cat/notes.txt": ("is no image", False),
        "empty": ("holds no usable image", False),
    }
    assert all(problem.done for problem in found.problems)


def test_hidden_and_system_files_are_skipped_without_a_word(tmp_path: Path) -> None:
    root = _folder(tmp_path / "my", cat=range(2))
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "._000.png"):
        (root / "cat" / name).write_bytes(b"\x00\x01")
        (root / name).write_bytes(b"\x00\x01")
    for hidden in (root / ".ipynb_checkpoints", root / "__MACOSX", root / "cat" / ".ipynb_checkpoints"):
        hidden.mkdir()
        _picture(5).save(hidden / "x.png")
    os.mkfifo(root / "cat" / "pipe.png")
    found = photographs(root, size=64)
    assert (len(found), found.classes, found.problems) == (2, ("cat",), Problems())


def test_duplicates_are_found_within_and_across_classes(tmp_path: Path) -> None:
    root = _folder(tmp_path / "my", cat=range(4), dog=range(20, 24))
    _picture(0).save(root / "cat" / "copy.bmp")
    _picture(1).save(root / "dog" / "also.png")
    _picture(2).resize((128, 128)).save(root / "cat" / "large.png")
    _picture(3).save(root / "dog" / "similar.jpg", quality=90)
    found = photographs(root, size=32)
    assert _remarks(found.problems) == {
        "cat/001.png": ("is the same picture as dog/also.png, in another class", False),
        "dog/also.png": ("is the same picture as cat/001.png, in another class", False),
        "cat/copy.bmp": ("is the same picture as cat/000.png", False),
        "cat/large.png": ("is nearly the same picture as cat/002.png", True),
        "dog/similar.jpg": ("is nearly the same picture as cat/003.png, in another class", True),
    }
    assert [path.name for path in found.paths] == [
        *("000.png", "002.png", "003.png", "large.png"),
        *("020.png", "021.png", "022.png", "023.png", "similar.jpg"),
    ]


def test_training_pictures_in_the_test_folder_are_found(tmp_path: Path) -> None:
    train = photographs(_folder(tmp_path / "train", cat=range(5), dog=range(20, 25), fish=range(40, 42)), size=32)
    root = _folder(tmp_path / "test", cat=range(6, 9), dog=range(26, 29), bird=range(60, 62))
    _picture(1).save(root / "cat" / "same.png")
    _picture(2).save(root / "dog" / "wrong.png")
    _picture(21).resize((96, 96)).save(root / "dog" / "near.png")
    test = photographs(root, size=32)
    assert test.problems == Problems()
    training = tmp_path / "train"
    assert _remarks(compare(train, test)) == {
        "fish": (f"is a class of {training} alone", False),
        "bird": (f"is a class of {root} alone", False),
        "cat/same.png": (f"is the same as {training / 'cat' / '001.png'} of the training part", True),
        "dog/near.png": (f"is nearly the same as {training / 'dog' / '021.png'} of the training part", True),
        "dog/wrong.png": (
            f"is the same as {training / 'cat' / '002.png'} of the training part, in another class",
            True,
        ),
    }
    assert compare(train, train.take([])) == compare(train.take([]), train) == Problems()


def test_only_the_first_of_each_class_are_read_on_request(tmp_path: Path) -> None:
    root = _folder(tmp_path / "my", cat=range(6), dog=range(20, 23))
    (root / "cat" / "000.png").write_bytes(b"broken")
    found = photographs(root, size=32, per_class=2)
    assert [path.name for path in found.paths] == ["001.png", "002.png", "020.png", "021.png"]


def test_a_folder_of_parts_is_recognised(tmp_path: Path) -> None:
    _folder(tmp_path / "my" / "train", cat=range(3), dog=range(20, 23))
    found = photographs(tmp_path / "my", size=32)
    (problem,) = found.problems
    assert problem.file == "train"
    assert repr(str(tmp_path / "my" / "train")) in problem.done


def test_a_folder_without_classes_says_what_to_do(tmp_path: Path) -> None:
    _picture(0).save(tmp_path / "a.png")
    with pytest.raises(DatasetError, match="make one for each class"):
        photographs(tmp_path)
    with pytest.raises(DatasetError, match=r"a\.png is no folder"):
        photographs(tmp_path / "a.png")


def test_a_folder_without_usable_images_gives_empty_arrays(tmp_path: Path) -> None:
    (tmp_path / "cat").mkdir()
    (tmp_path / "cat" / "a.jpg").write_bytes(b"")
    found = photographs(tmp_path, size=32)
    assert found.images.shape == (0, 32, 32, 3)
    assert found.classes == ()
    assert {problem.file for problem in found.problems} == {"cat", "cat/a.jpg"}
    assert [len(part) for part in (split(found).train, split(found).test)] == [0, 0]


def test_a_split_is_stratified_seeded_complete_and_keeps_duplicates_together(tmp_path: Path) -> None:
    root = _folder(tmp_path / "my", cat=range(40), dog=range(60, 80))
    for number in range(5):
        for side in (80, 100, 128):
            _picture(number).resize((side, side)).save(root / "cat" / f"{number:03d}_{side}.png")
    found = photographs(root, size=32)
    parts = split(found, validation=0.2, test=0.2, seed=3)
    counts = [np.bincount(part.labels, minlength=2).tolist() for part in (parts.train, parts.validation, parts.test)]
    assert counts == [[33, 12], [11, 4], [11, 4]]
    paths = [path for part in (parts.train, parts.validation, parts.test) for path in part.paths]
    assert sorted(paths) == sorted(found.paths)
    assert compare(parts.train, parts.test) == compare(parts.train, parts.validation) == Problems()
    assert compare(parts.validation, parts.test) == Problems()
    again, other = split(found, 0.2, 0.2, seed=3), split(found, 0.2, 0.2, seed=4)
    assert again.test.paths == parts.test.paths
    assert other.test.paths != parts.test.paths
    np.testing.assert_array_equal(again.test.images, parts.test.images)


def test_shares_that_leave_nothing_are_refused(tmp_path: Path) -> None:
    found = photographs(_folder(tmp_path / "my", cat=range(3)), size=32)
    for validation, test in ((0.5, 0.5), (-0.1, 0.2)):
        with pytest.raises(ValueError, match="leave nothing for training"):
            split(found, validation, test)


def test_the_table_shows_what_was_left_out_first_and_escapes_names() -> None:
    problems = Problems(
        [
            *(Problem(f"cat/{number}.png", "is grey", "read as RGB") for number in range(40)),
            Problem("cat/<b>\x1b[2J.png", "is empty", "left out", used=False),
        ]
    )
    lines = repr(problems).splitlines()
    assert lines[0] == "Left out: 1. Used, but worth knowing about: 40."
    assert lines[2].startswith("cat/<b>\N{REPLACEMENT CHARACTER}[2J.png  is empty")
    assert lines[-1] == "... and 11 more; print(problems.text(None)) shows all."
    assert len(problems.text(None).splitlines()) == 43
    shown = problems._repr_html_()
    assert "<td>cat/&lt;b&gt;" in shown
    assert "<b>" not in shown
    assert shown.count("<tr>") == 31


@pytest.mark.slow
def test_real_photographs_are_all_usable_and_all_different() -> None:
    real = os.environ.get("COURSE_REAL_FILES")
    if not real:
        pytest.skip("COURSE_REAL_FILES names no folder of real photographs")
    for name, classes in (("cats_and_dogs", 2), ("flowers", 5)):
        found = photographs(Path(real) / name, size=96)
        files = list((Path(real) / name).glob("*/*.jpg"))
        assert (len(found), len(found.classes)) == (len(files), classes)
        assert found.problems == Problems()
        assert (found.images.std(axis=(1, 2, 3)) > 5).all(), "no picture is blank"
        parts = split(found)
        assert compare(parts.train, parts.test) == Problems()
