"""What ``compile`` was told, as plain words: ``Adam``, 0.0001, ``sparse_categorical_crossentropy``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import keras

from grader.records import CompileFacts, Json

MAX_NAMES = 400


def compile_facts(model: Any) -> CompileFacts | None:
    """Return what a live model was compiled with, or None when it never was."""
    if not getattr(model, "compiled", False):
        return None
    optimizer = _optimizer(model.optimizer)
    losses = [text for text in map(_loss, _flat(getattr(model, "loss", None))) if text]
    return CompileFacts(
        None if optimizer is None else type(optimizer).__name__,
        None if optimizer is None else _rate(optimizer),
        " and ".join(losses)[:MAX_NAMES] or None,
        tuple(text for text in map(_name, _flat(_metrics(model))) if text),
    )


def _metrics(model: Any) -> Any:
    # get_compile_config() fails as a whole when one part, such as a loss given as a class, cannot be serialized.
    told = getattr(getattr(model, "_compile_config", None), "config", None)
    return told.get("metrics") if isinstance(told, dict) else None


def _optimizer(optimizer: Any) -> Any:
    """Return the optimizer itself where mixed precision has wrapped it."""
    return getattr(optimizer, "inner_optimizer", optimizer)


def _rate(optimizer: Any) -> float | None:
    rate = optimizer.get_config().get("learning_rate")
    if isinstance(rate, dict):
        rate = _first_rate(rate.get("config", {}))
    if not isinstance(rate, int | float) or not math.isfinite(rate):
        return None
    # The rate lives in a float32: 1e-4 would come back as 0.00009999999747.
    return float(f"{float(rate):.6g}")


def _first_rate(schedule: Mapping[str, Json]) -> Json:
    """Return the rate with which a schedule's real work begins: after a warm-up, where it has one."""
    steps = schedule.get("values")
    first = steps[0] if isinstance(steps, list | tuple) and steps else None
    return schedule.get("warmup_target") or schedule.get("initial_learning_rate", first)


def _flat(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, dict) and "class_name" not in value:
        return [item for part in value.values() for item in _flat(part)]
    if isinstance(value, list | tuple):
        return [item for part in value for item in _flat(part)]
    return [value]


def _loss(value: Any) -> str | None:
    name = _name(value)
    if name is None:
        return None
    logits = not isinstance(value, type) and hasattr(value, "get_config") and value.get_config().get("from_logits")
    return f"{_canonical(name)}(from_logits=True)" if logits else _canonical(name)


def _name(value: Any) -> str | None:
    """Return the name of a loss or metric: given as text, object, class or function, or as Keras describes it."""
    if isinstance(value, dict):
        known = value.get("class_name")
        value = value.get("config") if known == "function" else known
    elif value is not None and not isinstance(value, str):
        value = getattr(value, "__name__", None) or type(value).__name__
    if not isinstance(value, str):
        return None
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", value).lower()[:100]


def _canonical(name: str) -> str:
    """Return the long name of a loss that has a short one, such as ``mse``."""
    try:
        return _name(keras.losses.get(name)) or name
    except (ValueError, TypeError):
        return name
