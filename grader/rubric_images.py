"""The images that a rubric describes, from its tables ``[[images]]``."""

from __future__ import annotations

from grader.backbones import names
from grader.measures import ALL, PARTS, ImageSet
from grader.rubric_file import Table

SETS = ("critters", "surfaces", "sources")
IMAGE_KEYS = ("id", "set", "part", "count", "kinds", "size", "features", "sound", "seed")
MOST = 100_000
SHIPPED = ("train", "test")
"""The parts that may be taken as a whole: then count is left out."""

_PARTS_OF = {
    "critters": ("fresh", "given", "train", "test"),
    "surfaces": PARTS,
    "sources": ("fresh", "given"),
}


def image_set(entry: Table) -> ImageSet:
    """Return the images that one table describes; raise RubricError for a key that is wrong or does not fit."""
    chosen, part = entry.text("set"), entry.text("part")
    if chosen not in SETS:
        raise entry.error(f'set is "{chosen}"; write one of {", ".join(SETS)}.')
    if part not in PARTS:
        raise entry.error(f'part is "{part}"; write one of {", ".join(PARTS)}.')
    if part not in _PARTS_OF[chosen]:
        raise entry.error(f'part is "{part}", but "{chosen}" have {", ".join(_PARTS_OF[chosen])}.')
    if (part == "given") != entry.has("seed"):
        raise entry.error('seed belongs to the part "given" and to no other; add it or remove it.')
    features = entry.text("features") if entry.has("features") else ""
    if features and features not in names():
        raise entry.error(f'features is "{features}"; write one of {", ".join(names())}.')
    return ImageSet(
        id=entry.text("id"),
        set=chosen,
        part=part,
        count=ALL if part in SHIPPED and not entry.has("count") else _whole(entry, "count"),
        kinds=entry.texts("kinds") if entry.has("kinds") else (),
        size=_whole(entry, "size") if entry.has("size") else 64,
        features=features,
        sound=entry.text("sound") if entry.has("sound") else "",
        seed=_whole(entry, "seed") if entry.has("seed") else None,
    )


def _whole(entry: Table, key: str) -> int:
    number = entry.number(key)
    if number != int(number) or not 0 < number <= MOST:
        raise entry.error(f"{key} is {number:g}; write a whole number from 1 to {MOST:,}.")
    return int(number)
