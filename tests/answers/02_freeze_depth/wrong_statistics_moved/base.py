def prepare(images):
    """Turn raw images, values 0 to 255, into what ResNet50 takes."""
    return keras.applications.resnet50.preprocess_input(images.astype("float32"))


base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
for layer in base.layers:
    layer.trainable = isinstance(layer, keras.layers.BatchNormalization)
