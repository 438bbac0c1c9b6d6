"""Does the runs that the CSV does not have yet, one after the other, and appends each as it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import keras
import numpy as np
from tqdm import tqdm

from data import pretrained
from data.clock import processor_seconds
from data.evidence import ledger, pictures
from data.evidence.heads import Extractor, Features, NewHead, TrainingFeatures, Weights, mirrored, random_weights
from data.evidence.ledger import Row
from data.evidence.networks import FineTuned, FromScratch
from data.evidence.pictures import Images, Task
from data.evidence.plan import RANDOM, SCRATCH, TUNED, Recipe, Run, key


def collect(runs: Sequence[Run], recipe: Recipe, csv: Path, folder: Path) -> list[Row]:
    """Do the runs that ``csv`` does not have yet, append them to it, and return the rows of all ``runs``.

    ``folder`` keeps the drawn images. The runs come in the order of ``planned``. Raises LedgerError for a damaged
    CSV, PicturesError for photographs that are missing, WeightsError for a backbone without weights.
    """
    ledger.repair(csv)
    known = {row.key: row for row in ledger.read(csv)}
    waiting = [run for run in runs if key(run, recipe) not in known]
    most = {run.set: max(other.per_class for other in runs if other.set == run.set) for run in runs}
    station: _Station | None = None
    with tqdm(total=len(runs), initial=len(runs) - len(waiting), desc="evidence", unit="run") as bar:
        for run in waiting:
            bar.set_postfix_str(f"{run.backbone}, {run.set}, {run.way}, {run.per_class} a class, seed {run.seed}")
            if station is None or station.backbone != run.backbone:
                station = None  # frees the last backbone before the next is built
                keras.backend.clear_session()
                station = _Station(run.backbone, recipe, folder, most)
            tuned = known.get(key(replace(run, way=TUNED), recipe))
            row = station.do(run, tuned.seconds if tuned else 0.0)
            ledger.append(csv, row)
            known[row.key] = row
            bar.update()
    return [known[key(run, recipe)] for run in runs]


@dataclass
class _Place:
    """A set, a seed and weights in the extractor; what has been computed there is used by several runs."""

    name: str
    seed: int
    random: bool
    task: Task
    weights: Weights
    training: TrainingFeatures
    test: tuple[Features, ...] = ()


class _Station:
    """One backbone with everything that its runs share: built and traced once, features computed once."""

    def __init__(self, backbone: str, recipe: Recipe, folder: Path, most: Mapping[str, int]) -> None:
        self.backbone = backbone
        self._recipe, self._folder, self._most = recipe, folder, most
        self._course: Weights = list(pretrained.arrays(backbone).values())
        self._extractor = Extractor(backbone)
        self._heads: dict[int, NewHead] = {}
        self._tuned: FineTuned | None = None
        self._scratch: FromScratch | None = None
        self._place: _Place | None = None
        self._kept: dict[str, tuple[Images, tuple[Features, ...]]] = {}

    def do(self, run: Run, seconds: float) -> Row:
        """Return what a run comes to; ``seconds`` is what the fine-tuning of its seed took."""
        if run.way == TUNED:
            return self._fine_tuned(run)
        return self._from_scratch(run, seconds) if run.way == SCRATCH else self._frozen(run)

    def _frozen(self, run: Run) -> Row:
        place = self._at(run)
        head, seconds = self._trained_head(run, place)
        accuracy = head.accuracy(self._test_features(place), place.task.test_labels)
        return self._row(run, place.task, (accuracy, seconds), (head.trainable, self._recipe.head.steps))

    def _fine_tuned(self, run: Run) -> Row:
        place = self._at(run)
        task, count = place.task, run.per_class * place.task.classes
        if self._tuned is None:
            self._tuned = FineTuned(self.backbone, task.classes, self._recipe)
        head, seconds = self._trained_head(run, place)
        start = place.weights, head
        seconds += self._tuned.fit(start, task.train[:count], task.train_labels[:count], run.seed)
        accuracy = self._tuned.accuracy(task.test, task.test_labels)
        return self._row(run, task, (accuracy, seconds), (self._tuned.trainable, self._tuned.steps))

    def _from_scratch(self, run: Run, seconds: float) -> Row:
        task = self._images(run)
        count = run.per_class * task.classes
        if self._scratch is None:
            self._scratch = FromScratch(self.backbone, task.classes, self._recipe)
        weights = random_weights(self.backbone, run.seed)
        begun = processor_seconds()
        steps = self._scratch.fit(weights, task.train[:count], task.train_labels[:count], run.seed, seconds)
        taken = processor_seconds() - begun
        accuracy = self._scratch.accuracy(task.test, task.test_labels)
        return self._row(run, task, (accuracy, taken), (self._scratch.trainable, steps))

    def _trained_head(self, run: Run, place: _Place) -> tuple[NewHead, float]:
        """Return a head for the run's images and the seconds that features and head took."""
        classes, count = place.task.classes, run.per_class * place.task.classes
        if classes not in self._heads:
            self._heads[classes] = NewHead(self._extractor.width, classes, self._recipe.head)
        features, seconds = place.training.upto(count)
        head, labels = self._heads[classes], place.task.train_labels[:count]
        seconds += head.fit(np.concatenate(features), np.tile(labels, len(features)), run.seed)
        return head, seconds

    def _test_features(self, place: _Place) -> tuple[Features, ...]:
        if not place.test and not place.random:
            kept = self._kept.get(place.name)
            if kept is not None and np.array_equal(kept[0], place.task.test):
                place.test = kept[1]
        if not place.test:
            place.test = self._extractor(place.task.test), self._extractor(mirrored(place.task.test))
        if not place.random:
            self._kept[place.name] = place.task.test, place.test
        return place.test

    def _at(self, run: Run) -> _Place:
        """Return the run's place, with its weights in the extractor."""
        where = run.set, run.seed, run.way == RANDOM
        if self._place is None or (self._place.name, self._place.seed, self._place.random) != where:
            task = self._images(run)
            weights = random_weights(self.backbone, run.seed) if run.way == RANDOM else self._course
            self._extractor.load(weights)
            training = TrainingFeatures(self._extractor, task.train, self._recipe.head.views, run.seed)
            self._place = _Place(*where, task, weights, training)
        return self._place

    def _images(self, run: Run) -> Task:
        if self._place is not None and (self._place.name, self._place.seed) == (run.set, run.seed):
            return self._place.task
        return pictures.task(run.set, run.seed, self._most[run.set], self._recipe.test_images, self._folder)

    def _row(self, run: Run, task: Task, result: tuple[float, float], size: tuple[int, int]) -> Row:
        found, weights, stamp = key(run, self._recipe)
        accuracy, seconds = result
        trainable, steps = size
        return Row(
            **asdict(found),
            accuracy=accuracy,
            seconds=seconds,
            trainable=trainable,
            steps=steps,
            test_images=len(task.test),
            weights=weights,
            recipe=stamp,
        )
