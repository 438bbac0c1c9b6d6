"""A described set of images is drawn or read as its description says."""

from __future__ import annotations

import numpy as np
import pytest

from data import critters, datasets, sources, surfaces
from grader.evidence.images import NoImagesError, kinds_drawn, kinds_of, load
from grader.measures import ALL, ImageSet

PAIR = ImageSet("pair", "critters", "given", 2, ("dog", "cat"), seed=4)


def test_critters_are_those_of_the_seed_whichever_way_they_are_drawn() -> None:
    told: list[tuple[int, int]] = []
    images, labels = load(PAIR, lambda done, total: told.append((done, total)))
    expected, _ = critters.sample(4, 2, 64, ("dog", "cat"))
    assert np.array_equal(images, expected)
    assert labels.tolist() == [0, 0, 1, 1]
    assert told == [(1, 2), (2, 2)]
    assert (kinds_of(PAIR), kinds_drawn(PAIR)) == (("dog", "cat"), 2)


def test_shipped_images_of_some_kinds_keep_the_order_asked_for() -> None:
    shipped = ImageSet("test", "critters", "test", 3, ("dog", "cat"))
    images, labels = load(shipped)
    everything, known = datasets.load("critters", "test", 3)
    dogs = everything[known == critters.KINDS.index("dog")]
    assert np.array_equal(images[:3], dogs)
    assert labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert load(ImageSet("test", "critters", "test", 3))[1].tolist() == known.tolist()


def test_a_shipped_part_as_a_whole_has_its_own_shares() -> None:
    images, labels = load(ImageSet("test", "surfaces", "test", ALL, sound=surfaces.GOOD))
    everything, known = datasets.load("surfaces", "test")
    assert np.array_equal(images, everything)
    assert labels.tolist() == [int(kind != surfaces.KINDS.index(surfaces.GOOD)) for kind in known]
    assert len(images) > 2 * labels.sum() > 0


def test_source_images_come_with_their_kinds() -> None:
    images, labels = load(ImageSet("source", "sources", "given", 3, seed=2))
    expected, known = sources.sample(2, 3)
    assert np.array_equal(images, expected)
    assert labels.tolist() == known["kind"].tolist()
    assert len(kinds_of(ImageSet("source", "sources", "fresh", 3))) == len(sources.KINDS)


def test_all_kinds_but_the_sound_one_are_one_class() -> None:
    images = ImageSet("two", "critters", "given", 1, ("cat", "bird", "dog"), sound="bird", seed=1)
    assert load(images)[1].tolist() == [1, 0, 1]
    assert kinds_of(images) == ("bird", "defect")


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(NoImagesError, match='no images "people"'):
        load(ImageSet("x", "people", "fresh", 1, seed=1))
    with pytest.raises(NoImagesError, match='"x" have no seed'):
        load(ImageSet("x", "critters", "fresh", 1))
