"""Every entry of the list exists in the installed Keras under exactly that module and name."""

from __future__ import annotations

import importlib

import keras
import pytest

from grader.evidence.allowed_types import ACTIVATIONS, ALLOWED, advice

FORBIDDEN = ("Lambda", "TorchModuleWrapper", "TFSMLayer", "JaxLayer", "FlaxLayer", "TextVectorization", "Hashing")


@pytest.mark.parametrize(("module", "name"), sorted(ALLOWED))
def test_an_allowed_type_exists(module: str, name: str) -> None:
    if module == "keras.dtype_policies":
        pytest.skip("an alias that older versions of Keras 3 wrote")
    found = getattr(importlib.import_module(module), name)
    assert hasattr(found, "from_config")


def test_an_allowed_activation_exists() -> None:
    assert all(callable(keras.activations.get(name)) for name in ACTIVATIONS)


def test_types_that_run_code_or_read_files_are_not_on_the_list() -> None:
    assert not {name for _, name in ALLOWED} & set(FORBIDDEN)


def test_a_lambda_is_answered_with_what_to_use() -> None:
    assert "preprocess_input" in advice("Lambda", "mine")
    assert '"mine"' in advice("MyLayer", "mine")
