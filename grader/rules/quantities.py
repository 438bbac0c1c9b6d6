"""Numbers that the grader works out by itself, written in a rubric as ``loss(plain, fresh) - loss(plain, train)``.

A quantity is a sum of terms; a term is a number or a name with arguments, such as ``drift(slow.model, ResNet50)``,
where ``slow.model`` is the ``model`` of the task ``slow``.
"""

from __future__ import annotations

import ast
import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader import backbones
from grader.measures import (
    Drift,
    DriftFacts,
    MagnitudeFacts,
    Magnitudes,
    Measure,
    PredictionFacts,
    Predictions,
    SourcePredictions,
)
from grader.records import Evidence, TaskEvidence
from grader.rules.base import UnusableError, fact_of, model_at

LEAST_PROBABILITY = 1e-7

Argument = str | float
Look = Callable[[Measure], object]


@dataclass(frozen=True)
class Term:
    """One term: a number, or a kind of quantity with its arguments; ``sign`` is 1 or -1."""

    sign: int
    name: str
    arguments: tuple[Argument, ...] = ()

    def __str__(self) -> str:
        words = ", ".join(_written(argument) for argument in self.arguments)
        return f"{self.name}({words})" if self.arguments or self.name in KINDS else self.name


@dataclass(frozen=True)
class Quantity:
    """A sum of terms, as a rubric writes it; ``text`` is what it wrote."""

    text: str
    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, text: str) -> Quantity:
        """Return the quantity that a text describes; raise ValueError with a sentence where it is none."""
        try:
            tree = ast.parse(text.strip(), mode="eval").body
        except SyntaxError as error:
            raise ValueError(f"quantity is {text!r}; write one such as accuracy(model, fresh).") from error
        return cls(text, tuple(_terms(tree, 1, text)))

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured for it."""
        return tuple(measure for term in self.terms if (measure := _measure(term)) is not None)

    def models(self) -> tuple[str, ...]:
        """Return the names of the models that it looks at."""
        return tuple(str(term.arguments[0]) for term in self.terms if term.name in KINDS and KINDS[term.name].of_model)

    def backbones(self) -> tuple[str, ...]:
        """Return the backbones that it names."""
        known = backbones.names()
        return tuple(str(word) for term in self.terms for word in term.arguments if word in known)

    def value(self, task: TaskEvidence, whole: Evidence) -> float:
        """Return the number; raise UnusableError, or UnmeasuredError, where the evidence does not hold it."""
        return math.fsum(term.sign * _value(term, task, whole) for term in self.terms)


@dataclass(frozen=True)
class Kind:
    """One kind of term: ``value`` takes the evidence and the arguments, ``wants`` tells the measure it rests on."""

    value: Callable[..., float]
    wants: Callable[..., Measure] | None = None
    of_model: bool = True


def _terms(tree: ast.expr, sign: int, text: str) -> list[Term]:
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add | ast.Sub):
        other = sign if isinstance(tree.op, ast.Add) else -sign
        return _terms(tree.left, sign, text) + _terms(tree.right, other, text)
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float):
        return [Term(sign, f"{tree.value:g}")]
    if isinstance(tree, ast.Call) and isinstance(tree.func, ast.Name) and not tree.keywords:
        if tree.func.id not in KINDS:
            raise ValueError(f"quantity {text!r} names {tree.func.id}; there is {', '.join(KINDS)}.")
        arguments = tuple(_argument(part, text) for part in tree.args)
        _require_arguments(tree.func.id, len(arguments))
        return [Term(sign, tree.func.id, arguments)]
    raise ValueError(f"quantity {text!r} is no sum of terms such as accuracy(model, fresh).")


def _argument(part: ast.expr, text: str) -> Argument:
    if isinstance(part, ast.Constant) and isinstance(part.value, int | float | str):
        return part.value
    if isinstance(part, ast.Name):
        return part.id
    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        return f"{part.value.id}.{part.attr}"
    raise ValueError(f"quantity {text!r} has an argument that is no name and no number.")


def _require_arguments(name: str, given: int) -> None:
    names = list(inspect.signature(KINDS[name].value).parameters)[2:]
    if given != len(names):
        raise ValueError(f"quantity {name} takes ({', '.join(names)}), but has {given} arguments.")


def _measure(term: Term) -> Measure | None:
    wants = KINDS[term.name].wants if term.name in KINDS else None
    return None if wants is None else wants(*term.arguments)


def _value(term: Term, task: TaskEvidence, whole: Evidence) -> float:
    if term.name not in KINDS:
        return float(term.name)
    return KINDS[term.name].value(task, whole, *term.arguments)


def _written(argument: Argument) -> str:
    return argument if isinstance(argument, str) else f"{argument:g}"


def _accuracy(task: TaskEvidence, whole: Evidence, model: str, images: str) -> float:
    return fact_of(task, whole, Predictions(model, images), PredictionFacts).accuracy


def cross_entropy(facts: PredictionFacts) -> float:
    """Return the mean of -log p of the right class, p being at least 1e-7 as in Keras."""
    rows = zip(facts.probabilities, facts.labels, strict=True)
    return math.fsum(-math.log(max(row[label], LEAST_PROBABILITY)) for row, label in rows) / max(1, facts.images)


def _loss(task: TaskEvidence, whole: Evidence, model: str, images: str) -> float:
    return cross_entropy(fact_of(task, whole, Predictions(model, images), PredictionFacts))


def _source_accuracy(task: TaskEvidence, whole: Evidence, model: str, backbone: str, images: str) -> float:
    return fact_of(task, whole, SourcePredictions(model, backbone, images), PredictionFacts).accuracy


def _drift(task: TaskEvidence, whole: Evidence, model: str, backbone: str) -> float:
    facts = fact_of(task, whole, Drift(model, backbone), DriftFacts)
    distance = math.fsum(layer.distance for layer in facts.layers)
    return math.sqrt(distance / max(math.fsum(layer.length for layer in facts.layers), 1e-30))


def _near_zero(task: TaskEvidence, whole: Evidence, model: str, number: float, near: float) -> float:
    kernels = fact_of(task, whole, Magnitudes(model, float(near)), MagnitudeFacts).kernels
    if not 0 < number <= len(kernels):
        raise UnusableError(f"`{model}` has {len(kernels)} Dense layers, and no number {number:g}.")
    kernel = kernels[int(number) - 1]
    return kernel.near_zero / kernel.weights


def _length(task: TaskEvidence, whole: Evidence, model: str, number: float) -> float:
    kernels = fact_of(task, whole, Magnitudes(model, 0.0), MagnitudeFacts).kernels
    if not 0 < number <= len(kernels):
        raise UnusableError(f"`{model}` has {len(kernels)} Dense layers, and no number {number:g}.")
    return math.sqrt(kernels[int(number) - 1].squares)


def _parameters(task: TaskEvidence, whole: Evidence, model: str) -> float:
    facts = model_at(task, whole, model)
    return facts.trainable_parameters + facts.frozen_parameters


def _trainable(task: TaskEvidence, whole: Evidence, model: str) -> float:
    return model_at(task, whole, model).trainable_parameters


def _frozen(task: TaskEvidence, whole: Evidence, model: str) -> float:
    return model_at(task, whole, model).frozen_parameters


def _backbone_parameters(task: TaskEvidence, whole: Evidence, backbone: str) -> float:
    return backbones.backbone(backbone).parameters


def _backbone_trainable(task: TaskEvidence, whole: Evidence, backbone: str, frozen: float) -> float:
    return backbones.backbone(backbone).trainable(int(frozen))


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "accuracy": Kind(_accuracy, Predictions),
        "loss": Kind(_loss, Predictions),
        "source_accuracy": Kind(_source_accuracy, SourcePredictions),
        "drift": Kind(_drift, Drift),
        "near_zero": Kind(_near_zero, lambda model, number, near: Magnitudes(model, float(near))),
        "length": Kind(_length, lambda model, number: Magnitudes(model, 0.0)),
        "parameters": Kind(_parameters),
        "trainable": Kind(_trainable),
        "frozen": Kind(_frozen),
        "backbone_parameters": Kind(_backbone_parameters, of_model=False),
        "backbone_trainable": Kind(_backbone_trainable, of_model=False),
    }
)
"""What a rubric can name: accuracy and cross-entropy on images, what a base still knows of its source task, relative
distance of its weights from the pretrained ones, share of a Dense layer's weights that are smaller than a number,
length of a Dense layer's kernel, and counts of parameters: of a model, and of a backbone with so many layers frozen."""
