"""`python -m data evidence`: what it skips, what it refuses, and the table that it prints or puts into a file."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from data import pretrained
from data.__main__ import main
from data.evidence import ledger
from data.evidence.ledger import Row
from data.evidence.pictures import PHOTOGRAPHS_VARIABLE
from data.evidence.plan import WAYS, Recipe, Run, key, planned
from data.evidence.table import BEGIN, END


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A weights folder of its own, in which VGG16 alone has an entry."""
    folder = tmp_path / "weights"
    monkeypatch.setattr(pretrained, "FOLDER", folder)
    monkeypatch.setattr(pretrained, "MANIFEST", folder / "manifest.json")
    pretrained.register("VGG16", pretrained.pack("VGG16", {"bias": np.ones(3, np.float32)}, folder), folder)
    yield tmp_path
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()


def _row(run: Run, accuracy: float) -> Row:
    run, weights, recipe = key(run, Recipe())
    return Row(run.set, run.backbone, run.way, run.per_class, run.seed, accuracy, 1.0, 10, 5, 300, weights, recipe)


def _done(csv: Path) -> None:
    """Write a CSV in which everything on critters is done."""
    levels = dict(zip(WAYS, (0.85, 0.9, 0.2, 0.3), strict=True))
    for run in planned(["VGG16"], ["critters"]):
        ledger.append(csv, _row(run, levels[run.way] + run.seed / 1000))


@pytest.mark.parametrize(
    "arguments",
    [
        ["--backbones", "LeNet"],
        ["--sets", "cats"],
        ["--ways", "guessed"],
        ["--seeds", "0"],
        ["--seeds", "x"],
        ["--table", "yes"],
    ],
)
def test_wrong_arguments_end_with_the_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["evidence", *arguments])
    assert end.value.code == 2
    assert "usage: python -m data" in capsys.readouterr().err


def test_into_without_table_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "--into", str(tmp_path / "README.md")]) == 2
    assert "--into goes with --table" in capsys.readouterr().err


def test_what_cannot_be_run_is_skipped_with_a_line_each(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(PHOTOGRAPHS_VARIABLE, raising=False)
    csv = shelf / "evidence.csv"
    assert main(["evidence", "--backbones", "ResNet50", "AlexNet", "--csv", str(csv)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in shown[:3]] == ["ResNet50", "AlexNet", "flowers"]
    assert all("skipped" in line for line in shown[:3])
    assert not csv.exists()


@pytest.mark.slow
def test_a_csv_that_has_every_run_is_left_as_it_is(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = shelf / "evidence.csv"
    _done(csv)
    before = csv.read_bytes()
    options = ["--backbones", "VGG16", "--sets", "critters", "--csv", str(csv), "--folder", str(shelf / "images")]
    assert main(["evidence", *options]) == 0
    assert csv.read_bytes() == before
    assert not (shelf / "images").exists()
    assert "40 runs are in" in capsys.readouterr().out


def test_the_table_is_printed_or_put_into_a_file(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv, readme = shelf / "evidence.csv", shelf / "README.md"
    _done(csv)
    assert main(["evidence", "--table", "--csv", str(csv)]) == 0
    printed = capsys.readouterr().out
    assert "| VGG16 | +65 points, apart | +60 points, apart | 1 s | met | met | met |" in printed
    readme.write_text(f"{BEGIN}\n{END}\n", encoding="utf-8")
    assert main(["evidence", "--table", "--csv", str(csv), "--into", str(readme)]) == 0
    assert readme.read_text(encoding="utf-8") == f"{BEGIN}\n\n{printed}\n{END}\n"


def test_rows_of_other_weights_are_left_out_and_said_to_be(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    csv = shelf / "evidence.csv"
    _done(csv)
    other = pretrained.pack("VGG16", {"bias": np.zeros(3, np.float32)}, pretrained.FOLDER)
    pretrained.register("VGG16", other, pretrained.FOLDER)
    assert main(["evidence", "--table", "--csv", str(csv)]) == 0
    shown = capsys.readouterr()
    assert "VGG16 25" in shown.err, "only the runs with random weights are still true"
    assert "0.85" not in shown.out
    assert "0.20 ±" in shown.out


def test_without_runs_there_is_no_table(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "--table", "--csv", str(shelf / "none.csv")]) == 1
    assert "python -m data evidence" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["name,age\n", None])
def test_a_bad_csv_or_a_file_without_marks_ends_with_one_sentence(
    content: str | None, shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv, readme = shelf / "evidence.csv", shelf / "README.md"
    readme.write_text("No marks.\n", encoding="utf-8")
    if content:
        csv.write_text(content, encoding="utf-8")
    else:
        _done(csv)
    assert main(["evidence", "--table", "--csv", str(csv), "--into", str(readme)]) == 1
    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert str(csv if content else readme) in told[0]
    assert readme.read_text(encoding="utf-8") == "No marks.\n"
