"""Source images: redrawn from seed and number, labelled truly, and kept apart from the targets in code and kind."""

import ast
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest

import data
from data import critters, sources, surfaces
from data.drawing import Canvas, Pose
from data.sources.animals import ANIMALS, FREE_TRAITS
from data.sources.animals.traits import draw_traits
from data.sources.generator import ABSENT
from data.sources.things import PATTERNS, THINGS

CODE = Path(data.__file__).parent

SAME_ANIMAL = {
    "bird": "sparrow robin crow raven pigeon dove gull duck goose swan hen chicken chick rooster cock turkey peacock "
    "parrot owl eagle hawk falcon stork heron flamingo penguin ostrich kiwi woodpecker finch swallow",
    "butterfly": "moth",
    "cat": "kitten kitty tomcat feline lion tiger leopard panther jaguar puma cougar cheetah lynx",
    "dog": "puppy hound canine wolf fox coyote jackal dingo poodle terrier retriever sheepdog dachshund",
    "elephant": "mammoth mastodon",
    "fish": "goldfish shark ray salmon trout carp cod tuna eel pike seahorse clownfish swordfish",
    "frog": "toad tadpole",
    "rabbit": "hare bunny",
    "snail": "slug whelk conch periwinkle",
    "turtle": "tortoise terrapin",
}
"""Target kind -> other names of it, its kinds and its nearest relatives."""

IMAGES, LABELS = sources.sample(5, 60, 32)


def test_an_image_depends_on_the_seed_and_its_number_alone() -> None:
    images, labels = sources.sample(5, 3, 32, first=20)
    np.testing.assert_array_equal(images, IMAGES[20:23])
    for head in sources.HEADS:
        np.testing.assert_array_equal(labels[head], LABELS[head][20:23])


def test_another_seed_draws_other_images() -> None:
    assert not np.array_equal(sources.sample(6, 1, 32)[0][0], IMAGES[0])


def test_images_and_labels_have_their_shapes() -> None:
    assert IMAGES.shape == (60, 32, 32, 3)
    assert IMAGES.dtype == np.uint8
    assert set(LABELS) == set(sources.HEADS)
    assert all(values.shape == (60,) and values.dtype == np.int64 for values in LABELS.values())


def test_no_images_keep_their_shape() -> None:
    images, labels = sources.sample(5, 0)
    assert images.shape[0] == 0
    assert images.ndim == 4
    assert all(values.shape == (0,) for values in labels.values())


@pytest.mark.parametrize(("seed", "n"), [(-1, 1), (1, -1)])
def test_a_negative_seed_or_number_is_refused(seed: int, n: int) -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        sources.sample(seed, n)


def test_every_image_has_a_kind_and_only_the_attributes_that_its_kind_shows() -> None:
    for number, kind in enumerate(sources.KINDS[label] for label in LABELS["kind"]):
        shown = {head for head in sources.HEADS if LABELS[head][number] != ABSENT} - {"kind"}
        assert shown == ({"coat", *FREE_TRAITS[kind]} if kind in ANIMALS else set())
        assert all(LABELS[head][number] < len(sources.HEADS[head]) for head in shown)


def test_all_three_groups_are_drawn_and_every_kind_is_listed_once() -> None:
    drawn = {sources.KINDS[label] for label in LABELS["kind"]}
    assert all(drawn & set(group) for group in (ANIMALS, THINGS, PATTERNS))
    assert len(set(sources.KINDS)) == len(sources.KINDS) == len(ANIMALS) + len(THINGS) + len(PATTERNS)


def _composed(kind: str, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    canvas = Canvas(32, rng)
    if kind in ANIMALS:
        canvas.pose = Pose()
        ANIMALS[kind](canvas, rng, draw_traits(rng))
    elif kind in THINGS:
        canvas.pose = Pose()
        THINGS[kind](canvas, rng)
    else:
        PATTERNS[kind](canvas, rng)
    return canvas.finish(noise=0.0)


@pytest.mark.parametrize("kind", sources.KINDS)
def test_a_kind_draws_something_and_varies(kind: str) -> None:
    pictures = [_composed(kind, seed) for seed in range(3)]
    assert all(np.mean(picture.max(axis=2) > 20) > 0.02 for picture in pictures)
    assert len({picture.tobytes() for picture in pictures}) == 3


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_pattern_covers_any_background(kind: str) -> None:
    on_black = Canvas(32, np.random.default_rng(4))
    on_white = Canvas(32, np.random.default_rng(4))
    on_white.wash((1.0, 1.0, 1.0), np.ones((2, 2)))
    for canvas in (on_black, on_white):
        PATTERNS[kind](canvas, canvas.rng)
    np.testing.assert_array_equal(on_black.finish(noise=0.0), on_white.finish(noise=0.0))


# Separation: what the backbones learned from is not what they are tested on.


def _imports(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Name):
            assert node.id not in {"__import__", "eval", "exec"}, f"{file}: a hidden import"
    assert not any(name.split(".")[0] in {"importlib", "runpy"} for name in found), f"{file}: a hidden import"
    return {name for name in found if name.split(".")[0] in {"data", "grader", "tests"}}


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("critters", ("critters", "drawing")),
        ("surfaces", ("surfaces", "drawing")),
        ("sources", ("sources", "drawing")),
        ("drawing", ("drawing",)),
    ],
)
def test_a_package_imports_only_itself_and_the_drawing_primitives(package: str, allowed: tuple[str, ...]) -> None:
    files = sorted((CODE / package).rglob("*.py"))
    assert files
    for file in files:
        for name in _imports(file):
            assert name.startswith(tuple(f"data.{part}" for part in allowed)), f"{file} imports {name}"


def _entered(work: Callable[[], Any]) -> set[str]:
    """Return the first folders below data/ whose functions ran during the work."""
    files: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            files.add(frame.f_code.co_filename)

    earlier = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(earlier)
    return {Path(file).relative_to(CODE).parts[0] for file in files if Path(file).is_relative_to(CODE)}


def test_drawing_targets_runs_no_function_of_the_sources() -> None:
    assert _entered(lambda: critters.sample(3, 1, 16)) == {"critters", "drawing"}
    assert _entered(lambda: surfaces.sample(3, 2, 16)) == {"surfaces", "drawing"}


def test_drawing_sources_runs_no_function_of_the_targets() -> None:
    assert _entered(lambda: sources.sample(5, 30, 16)) == {"sources", "drawing"}


def test_the_list_of_other_names_has_every_target_kind() -> None:
    assert set(SAME_ANIMAL) == set(critters.KINDS)


@cache
def _composing_functions() -> set[str]:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in (CODE / "sources").rglob("*.py")]
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("target", critters.KINDS)
def test_no_source_kind_and_no_function_that_draws_one_bears_the_name_of_a_target(target: str) -> None:
    names = {target, f"{target}s", *SAME_ANIMAL[target].split()}
    for name in (*sources.KINDS, *_composing_functions()):
        assert not names & set(name.replace("_", " ").split()), f"{name} is a {target}"
