learned = [weight for weight in base.weights if "moving" not in weight.path]
pretrained = [weight.numpy() for weight in learned]
classifier = source_head("ResNet50")
source_prepared = prepare(source_images)


def drift():
    """Return how far the base's weights are from the pretrained ones, relative to their length."""
    way = sum(np.square(weight.numpy() - old).sum() for weight, old in zip(learned, pretrained, strict=True))
    return float(np.sqrt(way / sum(np.square(old).sum() for old in pretrained)))


def source_accuracy():
    """Return the share of the source images that the base names rightly."""
    seen = base.predict(source_prepared, verbose=0).mean(axis=(1, 2))
    scores = seen @ classifier["kind/kernel"] + classifier["kind/bias"]
    return float((scores.argmax(axis=1) == source_kinds).mean())


before = 0.95
print(f"drift {drift():.4f}, source accuracy {before:.2f}")
