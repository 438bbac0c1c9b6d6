from pathlib import Path

import pytest

from grader.errors import GraderError, RosterError
from grader.students import MAX_NAME, distinct_name, name_key, read_roster, safe_name


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("alice", "alice"),
        ("Zoë O'Brien-Müller", "Zoë O'Brien-Müller"),
        ("Doe, Jane", "Doe, Jane"),
        ("jane@school.org", "jane@school.org"),
        ("  two   blanks ", "two blanks"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a/b\\c:d", "a_b_c_d"),
        (".hidden", "hidden"),
        ("...", "unnamed"),
        ("", "unnamed"),
        ("___", "unnamed"),
        ("name\0\n\x1b[31m", "name_ _31m"),
        ("=1+1", "_1+1"),
        ("-rf", "rf"),
        ("<script>", "_script_"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("trailing. ", "trailing"),
    ],
)
def test_names_become_safe_folder_names(raw: str, safe: str) -> None:
    assert safe_name(raw) == safe
    assert safe_name(safe) == safe


@pytest.mark.parametrize("raw", ["a" * 10_000_000, "ü" * 500, "\U0001d518" * 500, ". " * 500 + "a"])
def test_names_are_capped_in_characters_and_bytes(raw: str) -> None:
    assert 0 < len(safe_name(raw)) <= MAX_NAME
    assert len(safe_name(raw).encode()) <= 2 * MAX_NAME


def test_names_that_differ_only_in_case_or_composition_are_one_folder() -> None:
    assert name_key("Alice") == name_key("alice")
    assert name_key("Zoe\u0308") == name_key("Zoë")


def test_collisions_are_told_apart() -> None:
    assert distinct_name("jane", "7", set()) == "jane"
    assert distinct_name("Jane", "7", {"jane"}) == "Jane_7"
    assert distinct_name("jane", "", {"jane"}) == "jane-2"
    assert distinct_name("jane", "7", {"jane", "jane_7", "jane-2"}) == "jane-3"
    assert len(distinct_name("j" * 99, "9" * 99, {"j" * MAX_NAME})) <= MAX_NAME


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("alice\nbob\n", ("alice", "bob")),
        ("student\nDoe, Jane\nbob", ("Doe, Jane", "bob")),
        ("id,Student,mail\n1,alice,a@b\n2,bob,b@b\n3\n", ("alice", "bob")),
        ('student;id\n"Doe; Jane";1\n', ("Doe_ Jane",)),
        ("id\tstudent\r\n1\talice\r\n", ("alice",)),
        ("\ufeffstudent,id\nalice,1\n", ("alice",)),
        ("alice\n\n alice \nALICE\nbob", ("alice", "bob")),
        ("../x\n", ("_x",)),
    ],
)
def test_rosters_are_csv_with_a_student_column_or_one_name_a_line(
    tmp_path: Path, text: str, names: tuple[str, ...]
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    assert read_roster(path) == names


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "names no students"),
        (b"name,id\nalice,1\n", "no column 'student'"),
        ("Zoë\n".encode("latin-1"), "not UTF-8"),
        (b"a\n" * 600_000, "larger than 1 MB"),
    ],
)
def test_a_roster_that_cannot_be_read_is_one_clear_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(data)
    with pytest.raises(RosterError, match=words) as caught:
        read_roster(path)
    assert "roster.csv" in str(caught.value) and isinstance(caught.value, GraderError)


def test_a_missing_roster_is_named(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=r"nowhere\.csv"):
        read_roster(tmp_path / "nowhere.csv")
