"""The table of the proof: intervals as computed by hand, bars met and missed, and its place in a file."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.evidence.ledger import Row
from data.evidence.plan import FROZEN, RANDOM, SCRATCH, TUNED
from data.evidence.table import BEGIN, END, Estimate, TableError, estimate, insert, markdown


def _rows(way: str, values: Sequence[float], per_class: int = 20, name: str = "critters") -> list[Row]:
    return [
        Row(
            name,
            "VGG16",
            way,
            per_class,
            seed,
            round(value, 6),
            30.0 + seed,
            5130,
            400,
            300,
            "c2f79dc42932",
            "0123abcd",
        )
        for seed, value in enumerate(values, start=1)
    ]


GOOD = {
    FROZEN: [0.84, 0.85, 0.86, 0.85, 0.85],
    TUNED: [0.80, 0.81, 0.82, 0.81, 0.81],
    RANDOM: [0.20, 0.21, 0.22, 0.21, 0.21],
    SCRATCH: [0.15, 0.16, 0.17, 0.16, 0.16],
}


def _verdicts(changed: dict[str, list[float]]) -> list[str]:
    text = markdown([row for way, values in (GOOD | changed).items() for row in _rows(way, values)])
    (line,) = [line for line in text.splitlines() if line.startswith("| VGG16 |") and "points" in line]
    return [cell.strip() for cell in line.strip("|").split("|")][-3:]


def test_the_interval_is_that_of_student() -> None:
    found = estimate([0.7, 0.8, 0.9])
    assert found.mean == pytest.approx(0.8)
    assert found.half == pytest.approx(4.302653 * 0.1 / math.sqrt(3), rel=1e-6)
    found = estimate([0.80, 0.82, 0.84, 0.86, 0.88])  # deviation: sqrt(0.004 / 4)
    assert found.mean == pytest.approx(0.84)
    assert found.half == pytest.approx(2.776445 * math.sqrt(0.001) / math.sqrt(5), rel=1e-6)


def test_equal_values_have_no_width_one_value_has_no_bound_and_no_value_no_mean() -> None:
    assert estimate([0.5, 0.5, 0.5]) == Estimate(0.5, 0.0, 3)
    assert estimate([0.5]) == Estimate(0.5, math.inf, 1)
    with pytest.raises(ValueError, match="no values"):
        estimate([])


@pytest.mark.parametrize(("mean", "overlap"), [(0.5, True), (0.625, True), (0.75, True), (0.8, False), (0.2, False)])
def test_intervals_overlap_when_they_have_a_point_in_common(mean: float, overlap: bool) -> None:
    first, second = Estimate(0.5, 0.125, 5), Estimate(mean, 0.125, 5)
    assert first.overlaps(second) is overlap
    assert second.overlaps(first) is overlap


def test_every_bar_can_be_met() -> None:
    assert _verdicts({}) == ["met", "met", "met"]


@pytest.mark.parametrize(
    ("changed", "verdicts"),
    [
        ({FROZEN: [0.78, 0.79, 0.80, 0.79, 0.79]}, ["**missed**", "met", "met"]),
        ({RANDOM: [0.61, 0.62, 0.63, 0.62, 0.62]}, ["met", "**missed**", "met"]),
        ({SCRATCH: [0.69, 0.70, 0.71, 0.70, 0.70]}, ["met", "met", "**missed**"]),
        # Far enough below on the average, but so scattered that the intervals meet.
        ({SCRATCH: [0.05, 0.85, 0.15, 0.95, 0.10]}, ["met", "met", "**missed**"]),
        ({FROZEN: [0.796667, 0.803333]}, ["met", "met", "met"]),
        ({FROZEN: [0.796667, 0.803233]}, ["**missed**", "met", "met"]),
        ({SCRATCH: [0.16]}, ["met", "met", "-"]),
        ({SCRATCH: []}, ["met", "met", "-"]),
        ({FROZEN: []}, ["-", "-", "met"]),
    ],
)
def test_each_bar_is_missed_on_its_own(changed: dict[str, list[float]], verdicts: list[str]) -> None:
    assert _verdicts(changed) == verdicts


def test_the_table_shows_means_intervals_differences_and_dashes() -> None:
    rows = [*_rows(FROZEN, GOOD[FROZEN]), *_rows(RANDOM, GOOD[RANDOM]), *_rows(TUNED, [0.8]), *_rows(FROZEN, [0.6], 5)]
    first, second = markdown(rows).strip().split("\n\n")
    # Deviation sqrt(0.0002 / 4), so that the interval is 2.776 * 0.00707 / sqrt(5) = 0.0088 to either side.
    assert first.splitlines()[2] == (
        "| VGG16 | 0.60 (1 seed) | 0.85 ± 0.01 | - | 0.80 (1 seed) | - | 0.21 ± 0.01 | - | - |"
    )
    assert second.splitlines()[2] == "| VGG16 | +64 points, apart | - | 31 s | met | met | - |"
    assert first.splitlines()[0].count("|") == first.splitlines()[1].count("|") == first.splitlines()[2].count("|")


def test_the_far_sets_have_a_table_without_bars() -> None:
    rows = [*_rows(FROZEN, [0.4, 0.5, 0.6], name="flowers"), *_rows(RANDOM, [0.3, 0.4, 0.5], name="flowers")]
    assert markdown(rows).splitlines()[2] == "| flowers | VGG16 | 0.50 ± 0.25 | 0.40 ± 0.25 | +10 points, overlap |"
    assert "met" not in markdown(rows)


def test_the_table_goes_between_the_marks_and_replaces_the_last_one(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"Above.\n\n{BEGIN}\n{END}\n\nBelow.\n", encoding="utf-8")
    insert("| old |\n", path)
    insert("| new |\n", path)
    assert path.read_text(encoding="utf-8") == f"Above.\n\n{BEGIN}\n\n| new |\n\n{END}\n\nBelow.\n"


@pytest.mark.parametrize("marks", ["", BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{END}\n{BEGIN}\n{END}"])
def test_a_file_without_the_two_marks_is_left_as_it_is(tmp_path: Path, marks: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"Above.\n{marks}\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"README\.md needs one line <!-- evidence -->"):
        insert("| new |\n", path)
    assert path.read_text(encoding="utf-8") == f"Above.\n{marks}\n"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.md"):
        insert("| new |\n", tmp_path / "none.md")
