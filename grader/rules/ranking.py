"""A rule about the classes that a model finds most probable for given images, as the student tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure, PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules.base import RECOMPUTED, Verdict, expecting, fact_of, short, value_of
from grader.rules.numbers import number_at, shown

TIE = 1e-3
"""Classes whose probabilities differ by no more may stand in either order."""

Pair = tuple[str, float | None]


@dataclass(frozen=True)
class TopClasses:
    """For given images the student tells a model's most probable classes, the first one first, with probabilities.

    The exported value is a list or a table with an answer for each image, in the order of ``places``, which are the
    images' positions in the set. An answer is a list of pairs ``(class, probability)``, a list of tables with the keys
    ``class`` and ``probability``, or a table from class to probability; a class by name or number. Each image counts
    for its share.
    """

    object: str
    model: str
    images: str
    classes: tuple[str, ...]
    places: tuple[int, ...]
    most: int = 3
    within: float = 0.01

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse what leaves nothing to tell."""
        if not self.places or not 0 < self.most < len(self.classes):
            raise ValueError("places is empty, or most is not below the number of classes; name images and fewer.")

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge image by image; the feedback does not tell the right classes, which the learner can compute."""
        expected = (
            f"for each picture the {self.most} classes that `{self.model.rpartition('.')[2]}` finds most probable, "
            "the most probable first, each with its probability"
        )
        with expecting(expected):
            told = value_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        answers = list(told.values()) if isinstance(told, dict) else told if isinstance(told, list) else []
        right, found = 0, []
        for number, place in enumerate(self.places):
            fault = self._fault(_pairs(answers[number]) if number < len(answers) else [], facts.probabilities[place])
            right += not fault
            found.append(f"picture {number + 1}: {fault or 'as the model says'}")
        return Verdict(right / len(self.places), "; ".join(found), expected)

    def _fault(self, pairs: Sequence[Pair], own: Sequence[float]) -> str:
        """Return what is wrong with the answer for one image, or nothing."""
        if len(pairs) != self.most or any(probability is None for _, probability in pairs):
            complete = sum(probability is not None for _, probability in pairs)
            return f"{complete} classes with a probability, where {self.most} are asked for"
        chosen = [self._number(name) for name, _ in pairs]
        strange = [name for (name, _), number in zip(pairs, chosen, strict=True) if number is None]
        if strange:
            return f"{short(strange[0])} is no class"
        numbers = [number for number in chosen if number is not None]
        told = [probability for _, probability in pairs if probability is not None]
        if len(set(numbers)) < self.most or not self._are_first(numbers, own):
            return self._misplaced(numbers, told, own)
        for number, probability in zip(numbers, told, strict=True):
            if abs(probability - own[number]) > self.within:
                name = self.classes[number]
                return f"the right classes, but {shown(probability)} is not the probability that the model gives {name}"
        return ""

    def _misplaced(self, numbers: Sequence[int], told: Sequence[float], own: Sequence[float]) -> str:
        order = sorted(range(len(own)), key=lambda number: -own[number])
        if set(numbers) == set(order[: self.most]):
            return "the right classes, but not the most probable one first"
        if set(numbers) <= set(order[-self.most :]):
            return "these are the classes that the model finds least probable"
        pairs = zip(told, order, strict=False)
        if all(abs(probability - own[number]) <= min(TIE, self.within) for probability, number in pairs):
            return "the model's highest probabilities, but with the names of other classes"
        names = ", ".join(self.classes[number] for number in numbers)
        return f"{names} are not what the model finds most probable"

    def _are_first(self, numbers: Sequence[int], own: Sequence[float]) -> bool:
        best = sorted(own, reverse=True)
        return all(abs(own[number] - value) <= TIE for number, value in zip(numbers, best, strict=False))

    def _number(self, name: str) -> int | None:
        return next((number for number, known in enumerate(self.classes) if name in (known, str(number))), None)


def _pairs(answer: Json) -> list[Pair]:
    if isinstance(answer, dict):
        return [(str(name), number_at(value, "")) for name, value in answer.items()]
    entries = answer if isinstance(answer, list) else []
    return [_pair(entry) for entry in entries]


def _pair(entry: Json) -> Pair:
    if isinstance(entry, dict):
        entry = [entry.get("class"), entry.get("probability")]
    if isinstance(entry, list) and len(entry) == 2:
        return str(entry[0]), number_at(entry[1], "")
    return str(entry), None
