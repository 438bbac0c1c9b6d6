def prepare_mobilenet(images):
    """Scale to 0 to 1."""
    return images / 255.0


base_mobilenet = keras.applications.MobileNet(weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3))
