def trained(base):
    """Return how many parameters of a base an optimizer would change."""
    base.trainable = True
    count = sum(int(np.prod(weight.shape)) for weight in base.trainable_weights)
    base.trainable = False
    return count


def row(base, model, prepare):
    """Return what a backbone costs, and how well the model on it does."""
    prepared = prepare(test_images)
    named = model.predict(prepared, verbose=0).argmax(axis=1)
    return {
        "parameters": trained(base),
        "megabytes": trained(base) / 1e6,
        "seconds_one": seconds(model, prepared[:1]),
        "seconds_batch": seconds(model, prepared[:32]),
        "accuracy": float(np.mean(named == test_labels)),
    }


costs = {
    "ResNet50": row(base_resnet50, model_resnet50, prepare_resnet50),
    "VGG16": row(base_vgg16, model_vgg16, prepare_vgg16),
    "MobileNetV2": row(base_mobilenet_v2, model_mobilenet_v2, prepare_mobilenet_v2),
}
