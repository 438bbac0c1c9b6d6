from __future__ import annotations

import pytest

from grader.rubric_file import RubricError, Table

TABLE = Table("x.toml", {"number": 3, "flag": True, "list": [{"id": "a"}, {"name": "b"}], "text": "yes"})


def test_numbers_and_texts_are_given() -> None:
    assert (TABLE.number("number"), TABLE.text("text"), TABLE.has("other")) == (3.0, "yes", False)


def test_a_flag_is_no_number() -> None:
    with pytest.raises(RubricError, match=r"x\.toml: flag is True; write a number\."):
        TABLE.number("flag")


def test_an_entry_without_a_name_is_found_by_its_place() -> None:
    with pytest.raises(RubricError, match=r"x\.toml: list number 2: id is missing; add it\."):
        TABLE.tables("list", "id", ("id",))


def test_something_else_than_a_list_of_tables_is_said() -> None:
    with pytest.raises(RubricError, match=r"number must be a list of tables, each opened by \[\[number\]\]"):
        TABLE.tables("number", "id", ("id",))
