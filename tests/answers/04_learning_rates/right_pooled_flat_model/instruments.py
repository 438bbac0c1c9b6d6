classifier = source_head("ResNet50")
first = {weight.path: weight.numpy().astype("float64") for weight in base.weights}


def drift():
    """Return the relative way of all weights that a gradient can move."""
    names = [path for path in first if not path.endswith(("moving_mean", "moving_variance"))]
    now = {weight.path: weight.numpy().astype("float64") for weight in base.weights}
    way = np.concatenate([(now[path] - first[path]).ravel() for path in names])
    return np.linalg.norm(way) / np.linalg.norm(np.concatenate([first[path].ravel() for path in names]))


def source_accuracy():
    """Return what the pooled base still knows."""
    scores = base.predict(prepare(source_images), verbose=0) @ classifier["kind/kernel"] + classifier["kind/bias"]
    return np.mean(scores.argmax(axis=-1) == source_kinds)


before = source_accuracy()
