"""What `data/README.md` says of each shipped backbone: how often it names source kinds, and what a new head gains."""

import numpy as np
import pytest

from data import backbones, load, pretrained, source_head, source_sample
from data.evidence.heads import Extractor, NewHead, TrainingFeatures, mirrored
from data.evidence.plan import Head

pytestmark = pytest.mark.slow

NAMED = {"VGG16": 0.855, "ResNet50": 0.820}
GAINED = {"VGG16": 0.827, "ResNet50": 0.798}


@pytest.fixture(scope="module", params=NAMED)
def extractor(request: pytest.FixtureRequest) -> Extractor:
    """The course's backbone, frozen."""
    found = Extractor(request.param)
    found.load(list(pretrained.arrays(request.param).values()))
    return found


def test_the_source_classifier_names_fresh_source_images(extractor: Extractor) -> None:
    images, labels = source_sample(2027, 400)
    features = backbones.architecture(extractor.name, 64).output_shape[-1]
    averaged = extractor(images).reshape(len(images), -1, features).mean(axis=1)
    head = source_head(extractor.name)
    named = (averaged @ head["kind/kernel"] + head["kind/bias"]).argmax(axis=1)
    assert abs(np.mean(named == labels["kind"]) - NAMED[extractor.name]) <= 0.01


def test_a_new_head_gains_what_is_told(extractor: Extractor) -> None:
    images, labels = load("critters", "train", 20)
    recipe = Head()
    parts, _ = TrainingFeatures(extractor, images, recipe.views, seed=1).upto(len(images))
    features = np.concatenate(parts)
    test_images, test_labels = load("critters", "test")
    test_features = extractor(test_images), extractor(mirrored(test_images))
    head, found = NewHead(features.shape[1], 10, recipe), []
    for seed in (1, 2, 3):
        head.fit(features, np.tile(labels, len(parts)), seed)
        found.append(head.accuracy(test_features, test_labels))
    assert abs(np.mean(found) - GAINED[extractor.name]) <= 0.02
