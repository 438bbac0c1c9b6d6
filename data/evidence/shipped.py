"""The runs that ship: what `data/evidence.csv` says of a backbone."""

from __future__ import annotations

from pathlib import Path

from data.evidence import ledger
from data.evidence.plan import AT, Recipe, key

CSV = Path(__file__).parents[1] / "evidence.csv"


def accuracies(backbone: str, way: str, per_class: int = AT, name: str = "critters") -> list[float]:
    """Return the accuracy on fresh test images, 0 to 1, of each seed, in the order of the seeds.

    ``way`` is one of ``plan.WAYS``. Raises ValueError where no such run was done with today's weights and recipe.
    """
    recipe = Recipe()
    wanted = (name, backbone, way, per_class)
    found = {
        row.seed: row.accuracy
        for row in ledger.read(CSV)
        if (row.set, row.backbone, row.way, row.per_class) == wanted and row.key == key(row.run, recipe)
    }
    if not found:
        raise ValueError(f"{CSV} has no run of {backbone}, {way}, with {per_class} of each class of {name}.")
    return [found[seed] for seed in sorted(found)]
