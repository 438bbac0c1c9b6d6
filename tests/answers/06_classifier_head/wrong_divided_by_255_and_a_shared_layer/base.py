def prepare(images):
    """Scale to 0 to 1."""
    return images / 255.0


base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
features = base.predict(prepare(train_images), verbose=0)
test_features = base.predict(prepare(test_images), verbose=0)
