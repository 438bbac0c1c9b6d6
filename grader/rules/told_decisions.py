"""A rule about what a threshold does, as the student tells it: defects found, sound parts stopped, and the cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from grader.measures import Measure, PredictionFacts, Predictions
from grader.records import Evidence, TaskEvidence
from grader.rules.base import RECOMPUTED, Verdict, expecting, fact_of, value_of
from grader.rules.decisions import Decisions, decisions, nearby, require_costs, threshold_of
from grader.rules.numbers import number_at, shown


@dataclass(frozen=True)
class ToldDecisions:
    """The exported table tells what the student's threshold does on a set of images, and the grader finds the same.

    It has the keys ``recall`` (share of the defects found), ``false_alarms`` (share of the sound ones stopped) and
    ``cost`` (the mean cost of an image), each right ``within`` so much; each counts for its share.
    """

    object: str
    threshold: str
    model: str
    images: str
    missed: float
    false_alarm: float
    within: float = 0.005

    kind: ClassVar[str] = RECOMPUTED

    def __post_init__(self) -> None:
        """Refuse costs that make no mistake dear."""
        require_costs(self.missed, self.false_alarm)

    def wants(self) -> tuple[Measure, ...]:
        """Return what has to be measured."""
        return (Predictions(self.model, self.images),)

    def judge(self, task: TaskEvidence, whole: Evidence) -> Verdict:
        """Judge number by number; a wrong one that is a known mistake is called so."""
        expected = f"what `{self.threshold}` does on the {self.images} images, each number within {self.within:g}"
        with expecting(expected):
            threshold = threshold_of(task, self.threshold)
            told = value_of(task, self.object)
            facts = fact_of(task, whole, Predictions(self.model, self.images), PredictionFacts)
        answers = [self._numbers(made) for made in nearby(facts, threshold)]
        mistakes = self._mistakes(decisions(facts, threshold))
        right, found = 0, []
        for key in answers[0]:
            number = number_at(told, key)
            close = number is not None and any(abs(number - own[key]) <= self.within for own in answers)
            right += close
            found.append(f"`{self.object}`[{key}] {self._verdict(number, close, mistakes[key])}")
        return Verdict(right / len(answers[0]), "; ".join(found), expected)

    def _numbers(self, made: Decisions) -> Mapping[str, float]:
        cost = made.cost(self.missed, self.false_alarm)
        return {"recall": made.recall, "false_alarms": made.false_alarms, "cost": cost}

    def _mistakes(self, made: Decisions) -> Mapping[str, Mapping[str, float]]:
        passed, named = made.sound - made.stopped, max(1, made.found + made.stopped)
        whole = max(1, made.defects + made.sound)
        accuracy = (made.found + passed) / whole
        sum_of_all = (made.defects - made.found) * self.missed + made.stopped * self.false_alarm
        swapped = Decisions(made.sound, made.stopped, made.defects, made.found)
        return {
            "recall": {
                "that is the share of the sound ones that pass": passed / max(1, made.sound),
                "that is the precision": made.found / named,
                "that is the accuracy": accuracy,
                "that is the share of the defects that are missed": 1 - made.recall,
            },
            "false_alarms": {
                "that is the share of the sound ones that pass": passed / max(1, made.sound),
                "that is a share of all images, and not of the sound ones": made.stopped / whole,
                "that is the share of sound ones among those stopped": made.stopped / named,
                "that is the number of those stopped": made.stopped,
            },
            "cost": {
                "that is the cost of all images together": sum_of_all,
                "that adds shares of two wholes, as if half of the images were defects": (1 - made.recall) * self.missed
                + made.false_alarms * self.false_alarm,
                "the two costs are swapped": made.cost(self.false_alarm, self.missed),
                "that takes sound ones for defects, and defects for sound ones": swapped.cost(
                    self.missed, self.false_alarm
                ),
            },
        }

    def _verdict(self, number: float | None, right: bool, mistakes: Mapping[str, float]) -> str:
        if number is None:
            return "is no number"
        if right:
            return f"is {shown(number)}, which is right"
        reason = next((phrase for phrase, value in mistakes.items() if abs(number - value) <= self.within), None)
        return f"is {shown(number)}, which is not right" + (f": {reason}" if reason else "")
