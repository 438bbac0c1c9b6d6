"""Rules about what a model says of single images and single classes, told by the student and by the grader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure, PredictionFacts, Predictions
from grader.records import Evidence, Json, TaskEvidence
from grader.rules.base import RECOMPUTED, Verdict, expecting, fact_of, short, value_of
from grader.rules.numbers import number_at, shown

COLUMNS = ("precision", "recall")


@dataclass(frozen=True)
class ClassReport:
    """The exported table of precision and recall for each class equals the grader's own, for the same model.

    It may be scikit-learn's ``classification_report(..., output_dict=True)`` with the classes by name or number.
    Each class counts for its share.
    """

    object: str
    model: str
    images: str
    classes: tuple[str, ...]
    within: float = 0.01

    kind: ClassVar[str] = RECOMPUTED

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge class by class."""
        expected = f"precision and recall of each class on the {self.images} images, within {self.within:g}"
        with expecting(expected):
            told = value_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        wrong = []
        for number, name in enumerate(self.classes):
            row = told.get(name, told.get(str(number))) if isinstance(told, dict) else None
            own = precision_and_recall(facts, number)
            values = [number_at(row, column) for column in COLUMNS]
            if any(value is None or abs(value - true) > self.within for value, true in zip(values, own, strict=True)):
                wrong.append(name)
        right = len(self.classes) - len(wrong)
        found = f"{right} of {len(self.classes)} classes as the grader finds them"
        found += f"; not {', '.join(wrong[:3])}" if wrong else ""
        return Verdict(right / len(self.classes), found, expected)


@dataclass(frozen=True)
class NamedImages:
    """For given images the student tells the model's class and its probability, and the grader finds the same.

    The exported value is one answer or a list of them, each a pair ``(class, probability)`` or a table with the keys
    ``class`` and ``probability``; a class by name or number. Each image counts for its share.
    """

    object: str
    model: str
    images: str
    classes: tuple[str, ...]
    places: tuple[int, ...]
    within: float = 0.01

    kind: ClassVar[str] = RECOMPUTED

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge image by image; ``places`` are the images' positions in the set."""
        expected = f"for each image the class that `{self.model}` finds most probable, and how probable"
        with expecting(expected):
            told = value_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        answers = told if isinstance(told, list) and told and isinstance(told[0], list | dict) else [told]
        right, found = 0, []
        for number, place in enumerate(self.places):
            answer = answers[number] if number < len(answers) else None
            name, probability = _answer(answer)
            best = facts.answers[place]
            same = name in (self.classes[best], str(best))
            close = probability is not None and abs(probability - facts.probabilities[place][best]) <= self.within
            right += same and close
            given = "no number" if probability is None else shown(probability)
            verdict = "right" if same and close else "not what the model says"
            found.append(f"image {place}: {short(name)} with {given}, {verdict}")
        return Verdict(right / len(self.places), "; ".join(found), expected)


def precision_and_recall(facts: PredictionFacts, number: int) -> tuple[float, float]:
    """Return a class's precision and recall; as scikit-learn does, 0 where there is nothing to divide by."""
    hits = sum(label == answer == number for answer, label in zip(facts.answers, facts.labels, strict=True))
    named, there = facts.answers.count(number), facts.labels.count(number)
    return hits / named if named else 0.0, hits / there if there else 0.0


def _answer(value: Json) -> tuple[str, float | None]:
    if isinstance(value, dict):
        value = [value.get("class"), value.get("probability")]
    pair: Sequence[Json] = value if isinstance(value, list) and len(value) == 2 else (value, None)
    return str(pair[0]), number_at(pair[1], "")
