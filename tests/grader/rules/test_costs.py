"""Counts and sizes are compared with the grader's own table of backbones, and known mistakes are called by name."""

from __future__ import annotations

import pytest

from grader.records import Evidence, Json, TaskEvidence
from grader.rules import UnusableError, Verdict
from grader.rules.costs import ToldMegabytes, ToldParameters

from ..made import dense, layer, model_on, network

BACKBONES = ("VGG16", "MobileNetV2")
HEAD = (layer("GlobalAveragePooling2D"), dense(1280, 10, "softmax"))
MODEL = model_on(network("MobileNetV2", frozen=154), HEAD)
OTHER = Evidence({"other": TaskEvidence("other", models={"mobile": MODEL})})
PARAMETERS = ToldParameters("costs", BACKBONES, ("vgg", "other.mobile"))
MEGABYTES = ToldMegabytes("costs", BACKBONES)
RIGHT = {
    "VGG16": {"parameters": 14_714_688, "megabytes": 58.858752},
    "MobileNetV2": {"parameters": 2_257_984, "megabytes": 9.03},
}


def judged(rule: ToldParameters | ToldMegabytes, table: Json) -> Verdict:
    return rule.judge(TaskEvidence("table", values={"costs": table}), OTHER)


def mobile(column: str, value: Json) -> Json:
    return RIGHT | {"MobileNetV2": RIGHT["MobileNetV2"] | {column: value}}


def test_right_numbers_are_right() -> None:
    verdict = judged(PARAMETERS, RIGHT)
    assert (verdict.share, verdict.found) == (
        1,
        "VGG16: 14,714,688, which is right; MobileNetV2: 2,257,984, which is right",
    )
    assert judged(MEGABYTES, RIGHT).share == 1


def test_a_table_may_be_a_list_of_rows_and_sizes_may_be_rounded_to_a_tenth() -> None:
    rows = [
        {"backbone": "MobileNetV2", "parameters": 2_257_984, "megabytes": 9.0},
        {"backbone": "VGG16", "parameters": 14_714_688, "megabytes": 58.9},
    ]
    assert judged(PARAMETERS, rows).share == judged(MEGABYTES, rows).share == 1


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (2_270_794, ": the head is counted, too"),
        (2_223_872, ": the moving means and variances of BatchNormalization are left out"),
        (0, ": training would change none of a frozen base, but it has parameters"),
        (12_810, ": that is the head alone"),
        (3_538_984, ": that is with the top for ImageNet's classes"),
        (14_714_688, ": that is VGG16"),
        (2_257_985, ""),
        (-2, ""),
    ],
)
def test_a_wrong_count_is_called_by_name_and_the_right_one_is_not_told(value: int, reason: str) -> None:
    verdict = judged(PARAMETERS, mobile("parameters", value))
    assert verdict.share == 0.5
    assert verdict.found.endswith(f"which is not right{reason}")
    assert "2,257,984" not in verdict.found + verdict.expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (8.61, ": a megabyte has 1,000,000 bytes here, and not 1,048,576"),
        (8.9, ": the moving means and variances of BatchNormalization are left out"),
        (2.257984, ": these are millions of parameters, and not yet bytes"),
        (4.5, ": each parameter is counted with two bytes"),
        (18.06, ": each parameter is counted with eight bytes"),
        (9_031.936, ": these are kilobytes"),
        (9_031_936, ": these are bytes"),
        (72.26, ": these are megabits"),
        (58.86, ": that is VGG16"),
        (9.3, ""),
        (-9.03, ""),
    ],
)
def test_a_wrong_size_is_called_by_name(value: float, reason: str) -> None:
    verdict = judged(MEGABYTES, mobile("megabytes", value))
    assert verdict.share == 0.5
    assert verdict.found.endswith(f"which is not right{reason}")


def test_a_count_is_judged_without_the_models_too() -> None:
    table = TaskEvidence("table", values={"costs": mobile("parameters", 2_270_794)})
    verdict = PARAMETERS.judge(table, Evidence({}))
    assert (verdict.share, verdict.found[-18:]) == (0.5, "which is not right")


def test_a_size_without_a_tenth_is_rounded_too_far() -> None:
    table = RIGHT | {"VGG16": {"megabytes": 59}}
    assert judged(MEGABYTES, table).found.startswith("VGG16: 59, which is not right: it is rounded too far")


@pytest.mark.parametrize("table", [{}, [], "text", 3, {"VGG16": 14_714_688}, {"VGG16": {"parameters": "14,714,688"}}])
def test_what_is_no_number_earns_nothing(table: Json) -> None:
    for rule in (PARAMETERS, MEGABYTES):
        verdict = judged(rule, table)
        assert (verdict.share, verdict.found) == (0, "VGG16: no number; MobileNetV2: no number")


def test_a_missing_table_is_said() -> None:
    with pytest.raises(UnusableError, match="`costs` is no number") as caught:
        PARAMETERS.judge(TaskEvidence("table"), OTHER)
    assert caught.value.expected.startswith("the number of all parameters")


def test_rules_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ValueError, match="models has 1 entries and backbones 2"):
        ToldParameters("costs", BACKBONES, ("vgg",))
    with pytest.raises(ValueError, match="backbone is 'VGG17'"):
        ToldMegabytes("costs", ("VGG17",))
    with pytest.raises(ValueError, match="backbones is empty"):
        ToldMegabytes("costs", ())
