"""Writes the table of the backbones' layers: `python -m grader.evidence.structure`."""

from __future__ import annotations

import json
import sys
from typing import Any

from data.backbones import MODULES, architecture
from data.files import write_atomically
from grader.backbones import TABLE
from grader.records import Json


def layers(model: Any) -> Json:
    """Return the layers of a model in the order of ``model.layers``: name, kind, and the shape of each weight."""
    return [
        {
            "name": layer.name,
            "kind": type(layer).__name__,
            "weights": {weight.name: [int(side) for side in weight.shape] for weight in layer.weights},
        }
        for layer in model.layers
    ]


def main() -> int:
    """Build each backbone once and write the table."""
    table = {name: layers(architecture(name)) for name in sorted(MODULES)}
    lines = [
        f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(x)}" for x in table[name]) + "\n ]" for name in table
    ]
    write_atomically(TABLE, "{\n" + ",\n".join(lines) + "\n}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
