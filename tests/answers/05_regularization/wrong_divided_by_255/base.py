def prepare(images):
    """Scale to 0 to 1."""
    return images / 255.0


base = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
features = base.predict(prepare(train_images), verbose=0)
