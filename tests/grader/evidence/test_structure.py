"""The table of layers in the repository is what the architectures give."""

from __future__ import annotations

import json

import pytest

from data.backbones import MODULES, architecture
from grader.backbones import TABLE
from grader.evidence.structure import layers

NUMBERED = ("input_layer", "rescaling", "normalization")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(MODULES))
def test_the_table_is_up_to_date(name: str) -> None:
    table = json.loads(TABLE.read_text(encoding="utf-8"))
    assert without_numbers(layers(architecture(name))) == without_numbers(table[name])


def without_numbers(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    """Keras numbers layers that have no name of their own, one up for each that a process has built."""
    return [
        {**entry, "name": next((name for name in NUMBERED if str(entry["name"]).startswith(name)), entry["name"])}
        for entry in entries
    ]
