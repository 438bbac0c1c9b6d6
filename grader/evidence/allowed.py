"""The walk over a model's configuration that lets only Keras's own layers and operations pass.

Deserializing a configuration imports and calls what it names. Nothing is therefore deserialized that this
list does not hold, whatever the safe mode of Keras would say.
"""

from __future__ import annotations

from typing import Any

from grader.errors import GraderError
from grader.evidence.allowed_sizes import MAX_DEPTH, MAX_LAYERS, MAX_NODES, oversize
from grader.evidence.allowed_types import (
    ACTIVATIONS,
    ALLOWED,
    DTYPES,
    FUNCTION_MODULES,
    NAMED_OBJECTS,
    SAME_ACTIVATION,
    advice,
)

OBJECT_KEYS = frozenset(
    {"module", "class_name", "config", "registered_name", "build_config", "name", "inbound_nodes", "shared_object_id"}
)
REPORTED_KEYS = frozenset({"compile_config"})
TELLTALE_KEYS = frozenset(
    {"module", "registered_name", "fn", "function", "fn_name", "custom_objects", "spec_name", "vocabulary", "lambda"}
)
NAMED_BY_TEXT = ("activation", "_initializer", "_regularizer", "_constraint")
CONSTANTS = frozenset({"__keras_tensor__", "__tensor__", "__numpy__", "__ellipsis__", "__slice__"})
MAX_TEXT = 200


class RefusedModelError(GraderError):
    """A model cannot be read safely; the message is one sentence that names what to use instead."""


def clean(config: Any) -> Any:
    """Return a copy of a model's serialized configuration without what it reports about ``compile``.

    Raises RefusedModelError when it is not a Keras model, names anything outside of the list, nests too
    deeply, or asks for sizes beyond the limits.
    """
    if not isinstance(config, dict) or config.get("class_name") not in ("Functional", "Sequential"):
        raise RefusedModelError("The model's description is not that of a Keras model; use keras.Sequential.")
    return _Walk().value(config, 0)


class _Walk:
    """One walk over one configuration, counting what it has met."""

    def __init__(self) -> None:
        self.nodes = 0
        self.layers = 0

    def value(self, value: Any, depth: int, key: str = "") -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise RefusedModelError("The model's description is too large to be read; use fewer or simpler layers.")
        if isinstance(value, dict):
            return self._object(value, depth) if "class_name" in value else self._plain(value, depth, key)
        if isinstance(value, list):
            return [self.value(item, depth + 1, key) for item in value]
        if isinstance(value, str):
            return _text(value, key)
        if value is None or isinstance(value, bool | int | float):
            return value
        raise RefusedModelError("The model's description holds something that is no plain value.")

    def _plain(self, value: dict[str, Any], depth: int, place: str = "") -> dict[str, Any]:
        if place.endswith(NAMED_BY_TEXT):
            # Keras describes a lambda by its code alone, without saying that it is one.
            raise RefusedModelError(
                f"The model holds a lambda ({place[:40]}), which cannot be read safely; "
                'name a built-in function as text, such as "relu".'
            )
        for key in value:
            if key in TELLTALE_KEYS or key.startswith("__"):
                raise RefusedModelError(
                    f'The model\'s description holds the entry "{key[:40]}", which cannot be read safely; '
                    "use Keras's built-in layers."
                )
        return {key: self.value(item, depth + 1, key) for key, item in value.items()}

    def _object(self, value: dict[str, Any], depth: int) -> dict[str, Any]:
        kind = value["class_name"]
        if not isinstance(kind, str):
            raise RefusedModelError("The model's description holds a type without a name.")
        if kind in CONSTANTS:
            return self._constant(value, depth)
        if kind == "function":
            return _function(value)
        module = value.get("module")
        if not isinstance(module, str) or (module, kind) not in ALLOWED:
            raise RefusedModelError(advice(kind, _name(value)))
        if value.get("registered_name") not in (None, kind):
            raise RefusedModelError(advice(str(value["registered_name"]), _name(value)))
        extra = set(value) - OBJECT_KEYS - REPORTED_KEYS
        if extra or not isinstance(value.get("config"), dict):
            raise RefusedModelError(f'The description of "{_name(value)}" ({kind}) is not what Keras writes.')
        if kind == "DTypePolicy":
            _text(str(value["config"].get("name")), "dtype")
        self._count(value, module, kind)
        return {key: self.value(item, depth + 1) for key, item in value.items() if key not in REPORTED_KEYS}

    def _count(self, value: dict[str, Any], module: str, kind: str) -> None:
        if module in ("keras", "keras.layers") or "inbound_nodes" in value:
            self.layers += 1
        if self.layers > MAX_LAYERS:
            raise RefusedModelError(f"The model holds more than {MAX_LAYERS:,} layers; use fewer.")
        fault = oversize(kind, value["config"], value.get("build_config"))
        if fault is not None:
            raise RefusedModelError(f'The layer "{_name(value)}" ({kind}) {fault}')

    def _constant(self, value: dict[str, Any], depth: int) -> dict[str, Any]:
        config = value.get("config")
        if set(value) != {"class_name", "config"} or not isinstance(config, dict) or "class_name" in config:
            raise RefusedModelError("A constant in the model's description is not what Keras writes.")
        if "dtype" in config and config["dtype"] not in DTYPES:
            raise RefusedModelError("A constant in the model's description has a type that is not known.")
        return {"class_name": value["class_name"], "config": self._plain(config, depth + 1)}


def _function(value: dict[str, Any]) -> dict[str, Any]:
    name, module = value.get("config"), value.get("module")
    name = SAME_ACTIVATION.get(name, name) if isinstance(name, str) else name
    known = name in ACTIVATIONS if isinstance(name, str) else False
    if not known or module not in FUNCTION_MODULES or value.get("registered_name") not in (None, "function", name):
        shown = name if isinstance(name, str) else "of the model"
        raise RefusedModelError(
            f'The function "{shown[:60]}" cannot be read safely; '
            'name one of Keras\'s activations as text, such as "relu".'
        )
    # Deserializing the bare name finds the same built-in function, and nothing else.
    return {"module": "builtins", "class_name": "function", "config": name, "registered_name": "function"}


def _text(value: str, key: str) -> str:
    if len(value) > MAX_TEXT:
        raise RefusedModelError("The model's description holds an overlong text; use shorter names.")
    if key == "dtype" and value not in DTYPES:
        raise RefusedModelError(f'The type "{value[:60]}" is not one that can be graded; use "float32".')
    if key.endswith(NAMED_BY_TEXT) and value not in NAMED_OBJECTS:
        raise RefusedModelError(f'"{value[:60]}" is not one of Keras\'s own ({key}); use a built-in one.')
    return value


def _name(value: dict[str, Any]) -> str:
    config = value.get("config")
    name = config.get("name") if isinstance(config, dict) else None
    return str(name or value.get("name") or "without a name")[:60]
