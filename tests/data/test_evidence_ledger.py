"""The CSV of the proof: whole lines stay, half a line goes, and what is no run is named with its line."""

from dataclasses import replace
from pathlib import Path

import pytest

from data.evidence import ledger
from data.evidence.ledger import LedgerError, Row

ROW = Row("critters", "VGG16", "frozen", 20, 1, 0.703333, 12.5, 5130, 400, 300, "c2f79dc42932", "0123abcd")
ROWS = [replace(ROW, seed=seed, accuracy=seed / 10) for seed in (1, 2, 3)]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    """A CSV with three rows."""
    path = tmp_path / "folder" / "evidence.csv"
    for row in ROWS:
        ledger.append(path, row)
    return path


def test_rows_come_back_as_they_were_appended(csv: Path) -> None:
    assert ledger.read(csv) == ROWS
    assert csv.read_text(encoding="utf-8").count("set,backbone,way") == 1


def test_without_a_file_there_are_no_rows(tmp_path: Path) -> None:
    ledger.repair(tmp_path / "none.csv")
    assert ledger.read(tmp_path / "none.csv") == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cut", [1, 2, 20, 60])
def test_half_a_line_is_taken_away_and_the_whole_ones_stay(csv: Path, cut: int) -> None:
    csv.write_bytes(csv.read_bytes()[:-cut])
    assert ledger.read(csv) == ROWS[:2], "a reader is not misled before the repair either"
    ledger.repair(csv)
    ledger.append(csv, ROWS[2])
    assert ledger.read(csv) == ROWS


def test_half_a_header_is_no_loss(tmp_path: Path) -> None:
    path = tmp_path / "evidence.csv"
    path.write_text("set,backb", encoding="utf-8")
    ledger.repair(path)
    ledger.append(path, ROW)
    assert ledger.read(path) == [ROW]


def test_a_whole_file_is_not_touched_by_the_repair(csv: Path) -> None:
    before = csv.read_bytes(), csv.stat().st_mtime_ns, csv.stat().st_ino
    ledger.repair(csv)
    assert (csv.read_bytes(), csv.stat().st_mtime_ns, csv.stat().st_ino) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.200000", "1.2"),
        ("0.200000", "nan"),
        ("0.200000", "much"),
        ("0.200000,12.50", "0.2"),
        ("VGG16,frozen,20,2", "VGG16,frozen,20,two"),
        ("12.50", "-1"),
    ],
)
def test_a_line_that_is_no_run_is_named(csv: Path, old: str, new: str) -> None:
    lines = csv.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = lines[2].replace(old, new)
    csv.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(LedgerError, match=f"Line 3 of {csv}"):
        ledger.read(csv)


@pytest.mark.parametrize("content", [b"name,age\nAda,36\n", b"\xff\xfe\x00\n", b"\n\n"])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match=r"other\.csv"):
        ledger.read(path)
    assert path.read_bytes() == content


def test_of_two_rows_of_a_run_the_later_counts_and_other_weights_are_another_run() -> None:
    later, others = replace(ROW, accuracy=0.9), replace(ROW, weights="0" * 12)
    assert ledger.last([ROW, others, later]) == [later, others]
