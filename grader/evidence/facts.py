"""Facts about a Keras model, the same for a nested and for a flat base, for a live model and a rebuilt one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from data.pretrained import digest, occurrence
from grader.evidence.allowed_types import SAME_ACTIVATION
from grader.evidence.plan import Array
from grader.records import CompileFacts, Json, LayerFacts, ModelFacts, WeightFacts


@dataclass(frozen=True)
class Leaf:
    """A layer or operation that holds no others; ``path`` joins the names of its parents by ``/``."""

    path: str
    operation: Any


@dataclass(frozen=True)
class LeafWeight:
    """One weight of a leaf: its index there, the Keras variable, and whether an optimizer would change it."""

    leaf: Leaf
    index: int
    variable: Any
    trainable: bool


def leaves(model: Any) -> tuple[Leaf, ...]:
    """Return the leaf layers and operations of a model in the order in which data flows, without its inputs.

    Nested models are opened; a layer that is used twice is listed where it is used first.
    """
    found: dict[int, Leaf] = {}
    for leaf in _walk(model, ""):
        found.setdefault(id(leaf.operation), leaf)
    return tuple(found.values())


def _walk(model: Any, prefix: str) -> Iterator[Leaf]:
    # A Functional model also lists operations that are no layers, such as a division of its input.
    members = model.operations if isinstance(model, keras.src.models.Functional) else model.layers
    for member in members:
        if isinstance(member, keras.layers.InputLayer):
            continue
        if isinstance(member, keras.Model):
            yield from _walk(member, f"{prefix}{member.name}/")
        else:
            yield Leaf(f"{prefix}{member.name}", member)


def leaf_weights(model: Any, found: tuple[Leaf, ...]) -> tuple[LeafWeight, ...]:
    """Return the weights of the leaves ``found`` in ``model``, in their order; seeds are no weights."""
    moved = {id(variable) for variable in model.trainable_variables}
    return tuple(
        LeafWeight(leaf, index, variable, id(variable) in moved)
        for leaf in found
        if isinstance(leaf.operation, keras.layers.Layer)
        for index, variable in enumerate(leaf.operation.weights)
    )


def values(variable: Any) -> Array:
    """Return a variable's values in C order; floating types become float32, in which weights are compared."""
    array = _read(variable)
    return np.asarray(array, dtype=None if array.dtype.kind in "iub" else np.float32, order="C")


def _read(variable: Any) -> Array:
    try:
        # Without a copy: Keras's own way takes ten times as long, which a learner's check would be felt to wait for.
        return np.asarray(memoryview(variable.value.read_value()))
    except (AttributeError, TypeError, ValueError, BufferError):
        return np.asarray(keras.ops.convert_to_numpy(variable))


@dataclass(frozen=True)
class Read:
    """What was read of one variable."""

    digest: str
    shape: tuple[int, ...]
    finite: bool


class Reader:
    """Reads variables and configurations once, for models of one task that share a base; use it while they live."""

    def __init__(self) -> None:
        self._variables: dict[int, Read] = {}
        self._configs: dict[int, Mapping[str, Json]] = {}

    def variable(self, variable: Any) -> Read:
        """Return what a variable holds."""
        if id(variable) not in self._variables:
            array = values(variable)
            self._variables[id(variable)] = Read(digest(array), array.shape, bool(np.isfinite(array).all()))
        return self._variables[id(variable)]

    def config(self, operation: Any) -> Mapping[str, Json]:
        """Return a layer's configuration as plain JSON."""
        if id(operation) not in self._configs:
            self._configs[id(operation)] = _config(operation)
        return self._configs[id(operation)]


def model_facts(
    model: Any, digests: Mapping[str, str], compiled: CompileFacts | None = None, reader: Reader | None = None
) -> ModelFacts:
    """Return the facts of a built model; ``digests`` maps the digest of a pretrained array to its name.

    Arrays that are alike get one name after the other, as far as ``data.pretrained.digests`` has names for them.
    """
    reader = reader or Reader()
    found = leaves(model)
    weights: dict[int, list[WeightFacts]] = {}
    met: Counter[str] = Counter()
    for weight in leaf_weights(model, found):
        read = reader.variable(weight.variable)
        same_as = digests.get(occurrence(read.digest, met[read.digest]), digests.get(read.digest))
        met[read.digest] += 1
        weights.setdefault(id(weight.leaf.operation), []).append(
            WeightFacts(weight.variable.name, read.shape, weight.trainable, same_as, read.digest, read.finite)
        )
    layers = tuple(
        LayerFacts(
            leaf.path,
            type(leaf.operation).__name__,
            reader.config(leaf.operation),
            tuple(weights.get(id(leaf.operation), ())),
        )
        for leaf in found
    )
    return ModelFacts(layers, _shape(model.input_shape), _shape(model.output_shape), compiled)


def _shape(shape: Any) -> tuple[int | None, ...]:
    """Return the first shape of one or several, without the batch axis."""
    while isinstance(shape, dict | list) and shape:
        shape = next(iter(shape.values() if isinstance(shape, dict) else shape))
    return tuple(None if side is None else int(side) for side in tuple(shape)[1:])


def _config(operation: Any) -> Mapping[str, Json]:
    if not isinstance(operation, keras.layers.Layer):
        return {}
    config = keras.saving.serialize_keras_object(operation)["config"]
    config.pop("name", None)
    # Whether a layer is frozen is told for each weight, where it also holds for a frozen parent.
    config.pop("trainable", None)
    plain = json.loads(json.dumps(_shortened(config)))
    return dict(plain)


def _shortened(value: Any) -> Any:
    """Replace a serialized function by its name and a dtype policy by its own."""
    if isinstance(value, dict):
        if value.get("class_name") == "function":
            name = value.get("config")
            return SAME_ACTIVATION.get(name, name) if isinstance(name, str) else name
        if value.get("class_name") == "DTypePolicy":
            return value["config"]["name"]
        return {key: _shortened(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shortened(item) for item in value]
    return value
