"""`python -m data`: what it draws is what ships, and a short pretraining writes weights that load and resume."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from data import datasets, pretrained, sheets
from data.__main__ import main

COURSE = Path(sheets.__file__).parents[1]


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert all(f"python -m data {command}" in shown for command in ("draw", "sheet", "pretrain"))


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["paint"],
        ["pretrain"],
        ["pretrain", "LeNet"],
        ["pretrain", "VGG16", "--steps", "0"],
        ["pretrain", "VGG16", "--images", "0"],
        ["pretrain", "VGG16", "--images", "many"],
        ["pretrain", "VGG16", "--minutes", "0"],
        ["pretrain", "VGG16", "--minutes", "nan"],
    ],
)
def test_a_wrong_command_ends_with_its_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: python -m data" in capsys.readouterr().err


@pytest.mark.slow
def test_draw_writes_files_that_hold_what_ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, parts in datasets.PARTS.items():
        few = {part: replace(whole, counts=dict.fromkeys(whole.counts, 2)) for part, whole in parts.items()}
        monkeypatch.setitem(datasets.PARTS, name, few)
    assert main(["draw", "--into", str(tmp_path)]) == 0
    files = list(tmp_path.rglob("*.png"))
    assert len(files) == 2 * 2 * (10 + 6)
    assert (tmp_path / datasets.CHECKSUMS).read_text(encoding="ascii") == datasets.checksums(tmp_path)
    for path in files:
        np.testing.assert_array_equal(_pixels(path), _pixels(datasets.IMAGES / path.relative_to(tmp_path)))


@pytest.mark.slow
def test_sheet_writes_the_three_that_ship(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sheet", "--into", str(tmp_path)]) == 0
    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == ["critters.png", "sources.png", "surfaces.png"]
    for path in written:
        np.testing.assert_array_equal(_pixels(path), _pixels(sheets.FOLDER / path.name))


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose weights are those that the course's functions read."""
    monkeypatch.setattr(pretrained, "FOLDER", tmp_path / "out")
    monkeypatch.setattr(pretrained, "MANIFEST", tmp_path / "out" / "manifest.json")
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()
    yield tmp_path
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()


@pytest.mark.slow
def test_a_pretraining_of_four_steps_writes_weights_that_load(trained: Path) -> None:
    options = ["--steps", "4", "--images", "64", "--folder", str(trained / "kept"), "--out", str(trained / "out")]
    command = [sys.executable, "-m", "data", "pretrain", "AlexNet", *options]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"Wrote {trained / 'out' / 'AlexNet.npz'}." in done.stdout
    assert {path.name for path in (trained / "out").iterdir()} == {
        "AlexNet.npz",
        "AlexNet.source_head.npz",
        "manifest.json",
    }
    entry = json.loads((trained / "out" / "manifest.json").read_text(encoding="utf-8"))["AlexNet"]
    assert entry["recipe"]["steps"] == 4
    arrays = pretrained.arrays("AlexNet")
    assert all(np.isfinite(value).all() for value in arrays.values())
    model = pretrained.architecture("AlexNet")
    model.set_weights(list(arrays.values()))
    assert [weight.path for weight in model.weights] == list(arrays)
