"""What the shipped runs say: the sentences of `data/README.md` and of the notebooks, and the table that shows them."""

import re

import numpy as np
import pytest

from data.backbones import MODULES, architecture
from data.evidence import ledger, table
from data.evidence.plan import FROZEN, RANDOM, SCRATCH, TUNED, planned
from data.evidence.shipped import CSV, accuracies

README = (CSV.parent / "README.md").read_text(encoding="utf-8")
MEAN = {
    name: {way: float(np.mean(accuracies(name, way))) for way in (FROZEN, RANDOM, TUNED, SCRATCH)} for name in MODULES
}


def test_no_run_is_wanting_and_the_readme_shows_the_table() -> None:
    rows = ledger.read(CSV)
    assert {row.run for row in rows} == set(planned())
    shown = README[README.index(table.BEGIN) + len(table.BEGIN) : README.index(table.END)]
    assert shown.strip() == table.markdown(rows).strip()


def test_an_unknown_run_is_refused() -> None:
    with pytest.raises(ValueError, match="has no run of VGG16, frozen, with 7 of each class of critters"):
        accuracies("VGG16", FROZEN, 7)


def test_every_backbone_leads_its_random_twin_and_fine_tuning_leads_training_from_scratch() -> None:
    assert all(each[FROZEN] - each[RANDOM] > 0.4 for each in MEAN.values())
    assert all(each[TUNED] - each[SCRATCH] > 0.5 for each in MEAN.values())


def test_the_bases_do_not_stand_in_the_order_of_their_parameters() -> None:
    order = sorted(MODULES, key=lambda name: -MEAN[name][FROZEN])
    assert [*order[:2], *order[-2:]] == ["VGG16", "MobileNet", "MobileNetV2", "AlexNet"]
    assert sorted(MODULES, key=lambda name: architecture(name).count_params())[1] == "MobileNet"
    assert max(accuracies("MobileNet", FROZEN)) > min(accuracies("VGG16", FROZEN))


def test_two_backbones_fall_short_of_the_bar_by_what_is_told() -> None:
    short = {name: each[FROZEN] for name, each in MEAN.items() if each[FROZEN] < table.BAR_FROZEN}
    told = dict(re.findall(r"`(\w+)` reaches (0\.\d+)", README))
    assert {name: f"{value:.3f}" for name, value in short.items()} == told


def test_what_fine_tuning_gains_is_as_told() -> None:
    gained = {name: round(100 * (each[TUNED] - each[FROZEN])) for name, each in MEAN.items()}
    assert gained == {
        "MobileNet": 1,
        "VGG16": -8,
        "ResNet50": -3,
        "MobileNetV2": 2,
        "EfficientNetB0": -1,
        "AlexNet": 6,
    }


def test_less_transfers_to_farther_tasks_as_told() -> None:
    leads = {
        (name, backbone): table.estimate(accuracies(backbone, FROZEN, name=name)).mean
        - table.estimate(accuracies(backbone, RANDOM, name=name)).mean
        for name in ("surfaces", "flowers")
        for backbone in MODULES
    }
    surfaces = [round(100 * leads["surfaces", backbone]) for backbone in MODULES]
    assert (min(surfaces), max(surfaces)) == (5, 11)
    clear = [
        backbone
        for backbone in MODULES
        if leads["flowers", backbone] > 0
        and not table.estimate(accuracies(backbone, FROZEN, name="flowers")).overlaps(
            table.estimate(accuracies(backbone, RANDOM, name="flowers"))
        )
    ]
    assert clear == ["EfficientNetB0"]
    assert round(100 * leads["flowers", "VGG16"]) == -13
