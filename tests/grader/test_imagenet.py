"""The grader under official weights: a base with one layer more gives the same evidence, and files stay as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data import pretrained
from grader.evidence.plan import TaskPlan
from grader.evidence.workers import EvidenceWorkers
from grader.grade import ready_weights
from grader.records import Evidence, Limits, Run, WeightFacts
from grader.run.execute import RunSettings, environment, execute
from grader.run.workplace import offer_official, prepare
from tests import keras_cache
from tests.grader.run.building import QUICK, notebook

pytestmark = pytest.mark.slow

_EFFICIENTNET = """
import json, os, sys, warnings
from pathlib import Path
from tests import keras_cache
import keras, numpy as np
from data import pretrained, weights
from data.backbones import architecture
from grader.evidence.export import export_task
from grader.evidence.facts import model_facts
from grader.evidence.plan import TaskPlan, shipped_sources
from grader.evidence.probe import probe_facts, probe_images, seen_by_first_convolution
from grader.evidence.reading import read_task
from grader.evidence.rebuild import rebuild
from grader.rules.network import parts, weights as held

keras_cache.accept(keras_cache.publish("EfficientNetB0", Path(os.environ["KERAS_HOME"])))
plain = architecture("EfficientNetB0")
base = keras.applications.EfficientNetB0(weights=weights("EfficientNetB0"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
sources = shipped_sources(("EfficientNetB0",))

def known(model):
    facts = model_facts(model, sources.digests)
    split = parts(facts, "EfficientNetB0")
    backbone = held(split.backbone)
    return {
        "all": [weight.same_as for layer in facts.layers for weight in layer.weights],
        "backbone": len({weight.same_as for weight in backbone} - {None}),
        "layers": [layer.name for layer in split.known if layer.kind != "Rescaling"],
        "head": [layer.kind for layer in split.head],
        "frozen": sum(weight.size for weight in backbone if not weight.trainable),
    }

def seen(prepare):
    inputs = keras.Input((64, 64, 3))
    images = probe_images(3)
    found = {}
    for name, network in {"imagenet": base, "plain": plain}.items():
        x = keras.layers.GlobalAveragePooling2D()(network(prepare(inputs)))
        found[name] = probe_facts(images, seen_by_first_convolution(keras.Model(inputs, x), images)).matches
    return found

plan = TaskPlan("base", ("base",))
folder = Path(sys.argv[1])
export_task(plan, {"base": base}, folder, 3, sources.digests)
stored = read_task(folder, "base", frozenset(sources.digests.values()), sources.lookup)["base"]
rebuilt = rebuild(stored.config, stored.weights)
images = probe_images(4)
by_trusted = sources.build("EfficientNetB0")
by_trusted.set_weights([sources.lookup(name) for name in sources.digests.values()])
same = rebuilt(images).numpy()
apart_from = known(plain)
plain.set_weights(base.get_weights())
for layer in plain.layers:
    if isinstance(layer, keras.layers.Normalization):
        layer.finalize_state()
print(json.dumps({
    "layers": [len(base.layers), len(plain.layers)],
    "base": known(base), "plain": apart_from, "rebuilt": known(rebuilt), "references": list(sources.digests.values()),
    "stored": stored.problem, "travelled": int((folder / "base" / "arrays.npz").stat().st_size),
    "size": float(np.abs(base(images).numpy()).max()),
    "apart": float(np.abs(same - base(images).numpy()).max()),
    "trusted": float(np.abs(by_trusted(images).numpy() - base(images).numpy()).max()),
    "without": float(np.abs(plain(images).numpy() - base(images).numpy()).max()),
    "seen raw": seen(lambda x: x), "seen scaled": seen(lambda x: keras.layers.Rescaling(1 / 255)(x)),
    "seen standardised": seen(lambda x: (x / 255.0 - 0.45) / 0.22),
}))
"""


@pytest.fixture(scope="module")
def efficientnet(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the grader knows of an EfficientNetB0 under official weights; only its checksum is replaced."""
    place = tmp_path_factory.mktemp("efficientnet")
    found: dict[str, Any] = keras_cache.answer(
        _EFFICIENTNET, keras_cache.surroundings(place / "keras"), str(place / "exports")
    )
    return found


def test_the_second_rescaling_is_there(efficientnet: dict[str, Any]) -> None:
    assert efficientnet["layers"] == [238, 237]


def test_every_array_of_the_base_is_known_under_the_same_name(efficientnet: dict[str, Any]) -> None:
    references = efficientnet["references"]
    assert len(set(references)) == 312
    # Numbers that Keras counts through a session are in none of them.
    assert [name for name in references if "normalization" in name.split("/")[1]] == [
        f"EfficientNetB0/normalization/{part}" for part in ("mean", "variance", "count")
    ]
    assert efficientnet["base"]["all"] == references
    assert efficientnet["base"]["backbone"] == 312
    assert efficientnet["base"]["frozen"] == 4_049_571


def test_the_grader_divides_it_like_the_one_without_the_layer(efficientnet: dict[str, Any]) -> None:
    assert efficientnet["base"]["layers"] == efficientnet["plain"]["layers"]
    assert len(efficientnet["base"]["layers"]) == 235
    assert efficientnet["base"]["head"] == efficientnet["plain"]["head"] == []


def test_an_exported_base_is_rebuilt_with_its_extra_layer_from_references_alone(efficientnet: dict[str, Any]) -> None:
    assert efficientnet["stored"] is None
    assert efficientnet["travelled"] < 1000
    assert efficientnet["rebuilt"] == efficientnet["base"]
    assert efficientnet["apart"] < 1e-5 * efficientnet["size"]
    assert efficientnet["trusted"] < 1e-5 * efficientnet["size"]
    # The layer matters: without it the same weights compute something else.
    assert efficientnet["without"] > 1e-3 * efficientnet["size"]


def test_what_arrives_at_the_base_does_not_depend_on_its_own_scaling(efficientnet: dict[str, Any]) -> None:
    assert efficientnet["seen raw"] == {"imagenet": "raw", "plain": "raw"}
    assert efficientnet["seen scaled"] == {"imagenet": "1/255", "plain": "1/255"}
    assert efficientnet["seen standardised"] == {"imagenet": None, "plain": None}


# A whole run in the sandbox, with a MobileNet that Keras takes without a checksum.

_STUDENT = """
import json, os, warnings
from pathlib import Path
warnings.simplefilter("ignore")
import keras
from data import weights
from grader.evidence.export import export_task
from grader.evidence.plan import TaskPlan, shipped_sources

base = keras.applications.MobileNet(weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
changed = keras.models.clone_model(base)
changed.set_weights(base.get_weights())
changed.layers[1].set_weights([changed.layers[1].get_weights()[0] + 1e-6])
random = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(64, 64, 3))
digests = shipped_sources(("MobileNet",)).digests
for task, model in {"base": base, "changed": changed, "random": random}.items():
    export_task(TaskPlan(task, ("base",)), {"base": model}, Path(os.environ["GRADER_EXPORT"]), 7, digests)
"""
_HOSTILE = """
report = {}
(file,) = Path.home().glob(".keras/models/*")
for name, path in {"link": file, "target": file.resolve()}.items():
    try:
        path.open("r+b").close()
        report[name] = "opened"
    except OSError:
        report[name] = "refused"
report["seen"] = sorted(path.name for path in file.resolve().parent.iterdir())
Path(os.environ["GRADER_EXPORT"], "report.json").write_text(json.dumps(report))
"""
_PLANS = tuple(TaskPlan(task, ("base",)) for task in ("base", "changed", "random"))
_PUBLISH = """
import json, os
from pathlib import Path
from tests import keras_cache
print(json.dumps(str(keras_cache.publish("MobileNet", Path(os.environ["KERAS_HOME"])))))
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Run, Evidence]]:
    """A notebook that was run in the sandbox under official weights, and the evidence of its exports."""
    place = tmp_path_factory.mktemp("imagenet")
    around = keras_cache.surroundings(place / "keras")
    file = Path(keras_cache.answer(_PUBLISH, around))
    (file.parent / "neighbour.h5").write_text("of no concern")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in around.items():
            patch.setenv(name, value)
        patch.setenv(pretrained.CACHE_VARIABLE, str(place / "cache"))
        files = ready_weights(("MobileNet",))
        assert files == (file,)
        settings = RunSettings(limits=Limits(cell_timeout=400, notebook_timeout=500), probe_seed=7, official=files)
        run = execute(notebook(_STUDENT, _HOSTILE), place / "run", settings)
        assert run.status == "ok", run.detail
        with EvidenceWorkers(("MobileNet",), 1) as workers:
            yield run, workers.gather(run.exports, _PLANS, 7)


def _weights(evidence: Evidence, task: str) -> list[WeightFacts]:
    return [weight for layer in evidence.tasks[task].models["base"].layers for weight in layer.weights]


def test_official_weights_from_the_sandbox_are_known_bit_by_bit(graded: tuple[Run, Evidence]) -> None:
    evidence = graded[1]
    assert evidence.refusals == ()
    held = _weights(evidence, "base")
    assert len(held) == len({weight.same_as for weight in held}) == 135
    assert all(weight.same_as and weight.same_as.startswith("MobileNet/") for weight in held)
    assert not any(weight.trainable for weight in held)


def test_a_changed_array_and_random_weights_are_told_apart_from_them(graded: tuple[Run, Evidence]) -> None:
    changed, random = (_weights(graded[1], task) for task in ("changed", "random"))
    assert [weight.name for weight in changed if weight.same_as is None] == ["kernel"]
    assert all(weight.same_as is None for weight in random)


def test_the_official_file_can_be_read_and_not_changed_and_nothing_beside_it_is_seen(
    graded: tuple[Run, Evidence],
) -> None:
    report = json.loads((graded[0].exports / "report.json").read_text())
    assert report == {"link": "refused", "target": "refused", "seen": ["mobilenet_1_0_224_tf_no_top.h5"]}


def test_the_kernel_is_told_which_weights_are_chosen(tmp_path: Path) -> None:
    place = prepare(tmp_path / "place")
    file = tmp_path / "official.h5"
    file.write_text("official")
    offer_official(place, (file,))
    assert (place.work / ".keras" / "models" / "official.h5").read_text() == "official"
    assert environment(place, replace(QUICK, official=(file,)))["COURSE_WEIGHTS"] == "imagenet"
    assert environment(place, QUICK)["COURSE_WEIGHTS"] == "course"
