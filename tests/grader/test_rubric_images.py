"""The images of a rubric are checked when it is read."""

from __future__ import annotations

import pytest

from grader.measures import ALL, ImageSet
from grader.rubric_file import RubricError, Table
from grader.rubric_images import image_set

GIVEN = {"id": "a", "set": "critters", "part": "given", "count": 2, "seed": 5, "kinds": ["cat", "dog"]}


def test_a_table_becomes_a_set() -> None:
    assert image_set(Table("r", GIVEN)) == ImageSet("a", "critters", "given", 2, ("cat", "dog"), seed=5)
    fresh = {"id": "b", "set": "surfaces", "part": "fresh", "count": 9, "sound": "good", "size": 32}
    assert image_set(Table("r", fresh)) == ImageSet("b", "surfaces", "fresh", 9, size=32, sound="good")


def test_a_shipped_part_without_a_count_is_taken_as_a_whole() -> None:
    shipped = {"id": "c", "set": "surfaces", "part": "test", "sound": "good"}
    assert image_set(Table("r", shipped)) == ImageSet("c", "surfaces", "test", ALL, sound="good")
    with pytest.raises(RubricError, match="count is missing"):
        image_set(Table("r", {**shipped, "part": "fresh"}))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"set": "people"}, 'set is "people"; write one of critters, surfaces, sources.'),
        ({"part": "old"}, 'part is "old"; write one of fresh, given, train, test, production.'),
        ({"part": "production"}, 'part is "production", but "critters" have fresh, given, train, test.'),
        ({"part": "fresh"}, 'seed belongs to the part "given" and to no other'),
        ({"count": 0}, "count is 0; write a whole number from 1"),
        ({"count": 1.5}, "count is 1.5; write a whole number from 1"),
        ({"features": "VGG19"}, 'features is "VGG19"; write one of AlexNet'),
    ],
)
def test_a_fault_is_named(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(RubricError) as caught:
        image_set(Table("r", {**GIVEN, **change}))
    assert sentence in str(caught.value)
