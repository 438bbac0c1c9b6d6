def accuracy(model, prepare):
    """Return the accuracy on the test images, as Keras counts it."""
    counter = keras.metrics.SparseCategoricalAccuracy()
    counter.update_state(test_labels, model(prepare(test_images), training=False))
    return counter.result().numpy()


costs = {"ResNet50": {}, "VGG16": {}, "MobileNetV2": {}}
for row, base in zip(costs.values(), (base_resnet50, base_vgg16, base_mobilenet_v2), strict=True):
    row["parameters"] = sum(int(np.prod(weight.shape)) for weight in base.weights)
    row["megabytes"] = sum(weight.numpy().nbytes for weight in base.weights) / 1e6
both = [(model_resnet50, prepare_resnet50), (model_vgg16, prepare_vgg16), (model_mobilenet_v2, prepare_mobilenet_v2)]
for row, (model, prepare) in zip(costs.values(), both, strict=True):
    row["accuracy"] = accuracy(model, prepare)
    for key, count in (("seconds_one", 1), ("seconds_batch", 32)):
        row[key] = seconds(model, prepare(test_images[:count]))
