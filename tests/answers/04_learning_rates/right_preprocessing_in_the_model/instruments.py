begun = [(weight, weight.numpy()) for weight in base.weights if "moving" not in weight.path]
classifier = source_head("ResNet50")


def drift():
    """Return the relative way of the base's weights."""
    way = np.sqrt(sum(np.linalg.norm(weight.numpy() - old) ** 2 for weight, old in begun))
    return way / np.sqrt(sum(np.linalg.norm(old) ** 2 for _, old in begun))


def source_accuracy():
    """Return what the base still knows; the model prepares the pixels itself."""
    scores = eye.predict(source_images.astype("float32"), verbose=0) @ classifier["kind/kernel"]
    return ((scores + classifier["kind/bias"]).argmax(axis=1) == source_kinds).mean()


before = source_accuracy()
