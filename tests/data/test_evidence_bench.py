"""The runs of the proof end to end on a few images: all ways, taken up where they were, and fixed by their seeds."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data import pretrained
from data.backbones import architecture
from data.evidence import ledger
from data.evidence.bench import collect
from data.evidence.ledger import LedgerError
from data.evidence.plan import FROZEN, RANDOM, SCRATCH, TUNED, WAYS, Head, Recipe, Tuning, key, planned

COUNTS = {
    "critters": {FROZEN: (1, 2), TUNED: (2,), RANDOM: (2,), SCRATCH: (2,)},
    "surfaces": {FROZEN: (2,), RANDOM: (2,)},
}
RECIPE = Recipe(test_images=2, head=Head(steps=8, batch=8), tuning=Tuning(steps=3, batch=8))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A weights folder of its own, with an AlexNet that learned nothing."""
    folder = tmp_path_factory.mktemp("weights")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pretrained, "FOLDER", folder)
        patch.setattr(pretrained, "MANIFEST", folder / "manifest.json")
        values = {weight.path: weight.numpy() for weight in architecture("AlexNet").weights}
        pretrained.register("AlexNet", pretrained.pack("AlexNet", values, folder), folder)
        yield folder
    pretrained._manifest.cache_clear()
    pretrained.arrays.cache_clear()


@pytest.mark.slow
def test_all_ways_are_run_and_an_interrupted_csv_is_taken_up(shelf: Path, tmp_path: Path) -> None:
    csv, images = tmp_path / "evidence.csv", tmp_path / "images"
    runs = planned(["AlexNet"], COUNTS, WAYS, 1, COUNTS)
    rows = collect(runs, RECIPE, csv, images)
    assert [row.key for row in rows] == [key(run, RECIPE) for run in runs]
    assert ledger.read(csv) == [
        replace(row, seconds=round(row.seconds, 2), accuracy=round(row.accuracy, 6)) for row in rows
    ]
    first = {(row.set, row.way, row.per_class): row for row in rows}
    backbone = 3_747_200
    assert [first["critters", way, 2].trainable for way in WAYS] == [2570, backbone + 2570, 2570, backbone + 2570 + 512]
    assert [row.test_images for row in rows] == [20] * 5 + [12] * 2
    tuned, scratch = first["critters", TUNED, 2], first["critters", SCRATCH, 2]
    assert tuned.steps == 3
    assert scratch.steps >= 1

    # Stopped in the third line, and the first run's time was noted down otherwise: it must not be done again.
    lines = csv.read_text(encoding="utf-8").splitlines(keepends=True)
    fields = lines[1].split(",")
    fields[6] = "123.00"
    csv.write_text(lines[0] + ",".join(fields) + lines[2] + lines[3][:25], encoding="utf-8")
    again = collect(runs, RECIPE, csv, images)
    assert again[0].seconds == 123.0
    assert len(ledger.read(csv)) == len(runs)
    for row, earlier in zip(again, rows, strict=True):
        assert row.key == earlier.key
        if row.way != SCRATCH:
            assert row.accuracy == pytest.approx(earlier.accuracy, abs=0.051), row.run


@pytest.mark.slow
def test_a_damaged_csv_stops_it_before_any_run(shelf: Path, tmp_path: Path) -> None:
    csv = tmp_path / "evidence.csv"
    csv.write_text("name,age\n", encoding="utf-8")
    with pytest.raises(LedgerError, match=r"evidence\.csv does not begin"):
        collect(planned(["AlexNet"], COUNTS, WAYS, 1, COUNTS), RECIPE, csv, tmp_path / "images")
    assert csv.read_text(encoding="utf-8") == "name,age\n"
    assert not (tmp_path / "images").exists()
