"""Train a backbone on source images within a budget of time, then fold, pack and register it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from data import backbones, official, pretrained
from data.pretraining import batches, teacher, trunk
from data.pretraining.recipe import HEAD_SHARES, HINTS, TEACHER, Clock, Hint, Recipe, Stage, checkpoint
from data.sources import HEADS, sample

_DRAWN_AT_ONCE = 200
_FRESH = 400


def pretrain(recipe: Recipe, folder: Path, out: Path = pretrained.FOLDER) -> Path:
    """Train a backbone, pack it with its source classifier, enter both in the manifest, and return its file.

    ``folder`` keeps the drawn images and checkpoints; a second call with the same folder resumes.
    ``out`` receives the packed weights and the manifest. Raises WeightsError, before anything is drawn, where the
    weights of the backbone that teaches the others are missing or damaged.
    """
    if _hints(recipe):
        pretrained.unpacked(TEACHER)
    folder.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(recipe.seed)
    images, labels = source_images(recipe, folder)
    targets: dict[str, NDArray[Any]] = dict(labels)
    if _hints(recipe):
        targets |= teacher.maps(images, folder)
    clock = Clock(recipe, folder / f"{recipe.name}.clock.json")
    sides = {stage.side for stage in recipe.stages}
    streams = {side: iter(batches.endless(images, targets, recipe.batch, side)) for side in sides}
    model = _fit(recipe, clock, streams, folder)
    backbone = trunk.folded(model, recipe.name)
    heads = trunk.head_arrays(model, _classes())
    entry = pretrained.pack(recipe.name, {official.path_of(w): w.numpy() for w in backbone.weights}, out)
    entry["source_head"] = pretrained.pack(f"{recipe.name}.source_head", heads, out)
    entry["source_accuracy"] = _accuracies(recipe, backbone, heads, entry, out)
    entry["recipe"] = {**asdict(recipe), "steps": clock.step, "seconds": round(clock.seconds), "cores": os.cpu_count()}
    pretrained.register(recipe.name, entry, out)
    return out / str(entry["file"])


def source_images(recipe: Recipe, folder: Path) -> tuple[NDArray[np.uint8], dict[str, NDArray[np.int64]]]:
    """Return the recipe's source images and labels, drawn by all cores once and kept in ``folder``."""
    kept = folder / f"sources-{recipe.seed}-{recipe.images}.npz"
    if not kept.exists():
        starts = range(0, recipe.images, _DRAWN_AT_ONCE)
        with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
            jobs = [pool.submit(sample, recipe.seed, min(_DRAWN_AT_ONCE, recipe.images - k), 64, k) for k in starts]
            parts = [job.result() for job in tqdm(jobs, "drawing source images", unit=f" x {_DRAWN_AT_ONCE}")]
        labels = {head: np.concatenate([labels[head] for _, labels in parts]) for head in HEADS}
        partial = kept.with_suffix(".partial.npz")
        np.savez(partial, allow_pickle=False, images=np.concatenate([images for images, _ in parts]), **labels)
        partial.replace(kept)
    with np.load(kept, allow_pickle=False) as stored:
        return stored["images"], {head: stored[head] for head in HEADS}


def _fit(recipe: Recipe, clock: Clock, streams: Mapping[int, Iterator[Any]], folder: Path) -> Any:
    number = clock.stage_number
    model = _resumed(recipe, number, streams, folder)
    with tqdm(total=100, unit="%", desc=f"pretraining {recipe.name}", bar_format="{l_bar}{bar}| {postfix}") as bar:
        while clock.progress < 1.0:
            if clock.stage_number != number:
                _keep(model, checkpoint(recipe.name, number, folder), clock)
                number = clock.stage_number
                model = _entered(recipe, model, number, streams)
            model.optimizer.learning_rate = clock.rate
            losses = model.train_on_batch(*next(streams[clock.stage.side]), return_dict=True)
            clock.step += 1
            bar.update(min(100.0, 100.0 * clock.progress) - bar.n)
            bar.set_postfix_str(f"step {clock.step}, {clock.stage.side} px, loss {float(losses['loss']):.3f}")
            if clock.step % 200 == 0:
                _keep(model, checkpoint(recipe.name, number, folder), clock)
    stage = recipe.stages[number]
    return model if stage.narrowing == 1 else _widened(recipe, model, replace(stage, narrowing=1))


def _accuracies(
    recipe: Recipe, backbone: Any, heads: Mapping[str, NDArray[Any]], entry: Mapping[str, Any], out: Path
) -> dict[str, float]:
    """Return how often the source classifier names the kind of fresh source images, before and after rounding."""
    images, labels = sample(recipe.seed + 1, min(_FRESH, recipe.images))
    exact = _accuracy(recipe.name, backbone, heads, images, labels["kind"])
    backbone.set_weights(list(pretrained.unpack(entry, out).values()))
    rounded = pretrained.unpack(entry["source_head"], out)
    return {"exact": exact, "rounded": _accuracy(recipe.name, backbone, rounded, images, labels["kind"])}


def _accuracy(
    name: str, backbone: Any, heads: Mapping[str, NDArray[Any]], images: NDArray[np.uint8], kinds: NDArray[np.int64]
) -> float:
    maps = backbone.predict(backbones.preprocess_input(name, images.astype(np.float32)), batch_size=50, verbose=0)
    scores = maps.mean(axis=(1, 2)) @ heads["kind/kernel"] + heads["kind/bias"]
    return float(np.mean(scores.argmax(axis=1) == kinds))


def _compiled(recipe: Recipe, stage: Stage) -> Any:
    losses: dict[str, Any] = {head: keras.losses.SparseCategoricalCrossentropy(ignore_class=-1) for head in HEADS}
    shares = {head: share * stage.labels for head, share in HEAD_SHARES.items()}
    for hint in _hints(recipe):
        losses[hint.layer], shares[hint.layer] = keras.losses.MeanSquaredError(), hint.share
    model = trunk.classifier(recipe.name, _classes(), stage.narrowing, _hints(recipe))
    optimizer = keras.optimizers.AdamW(1e-3, weight_decay=recipe.decay, clipnorm=1.0)
    model.compile(optimizer, loss=losses, loss_weights=shares)
    return model


def _hints(recipe: Recipe) -> tuple[Hint, ...]:
    return () if recipe.name == TEACHER else HINTS


def _entered(recipe: Recipe, model: Any, number: int, streams: Mapping[int, Iterator[Any]]) -> Any:
    """Return the network for a stage, from the one that the stage before it left."""
    before, stage = recipe.stages[number - 1], recipe.stages[number]
    if recipe.name in trunk.PLAIN and number == len(recipe.stages) - 1:
        trunk.rectify(model, np.concatenate([next(streams[stage.side])[0] for _ in range(8)]))
    if stage.narrowing != before.narrowing:
        return _widened(recipe, model, stage)
    if stage.labels == before.labels:
        return model
    other = _compiled(recipe, stage)
    other.set_weights(model.get_weights())
    return other


def _widened(recipe: Recipe, narrow: Any, stage: Stage) -> Any:
    wide = _compiled(recipe, stage)
    trunk.widen(narrow, wide, np.random.default_rng(recipe.seed))
    return wide


def _resumed(recipe: Recipe, number: int, streams: Mapping[int, Iterator[Any]], folder: Path) -> Any:
    """Return the network of an earlier sitting, made ready for stage ``number``; else an untrained one."""
    for earlier in range(number, max(number - 2, -1), -1):
        kept = checkpoint(recipe.name, earlier, folder)
        if kept.exists():
            model = _compiled(recipe, recipe.stages[earlier])
            model.optimizer.build(model.trainable_variables)  # or its state would be left out
            model.load_weights(kept)
            return model if earlier == number else _entered(recipe, model, number, streams)
    return _compiled(recipe, recipe.stages[number])


def _keep(model: Any, kept: Path, clock: Clock) -> None:
    partial = kept.with_name(f"partial-{kept.name}")
    model.save_weights(partial)
    partial.replace(kept)
    clock.keep()


def _classes() -> dict[str, int]:
    return {head: len(names) for head, names in HEADS.items()}
