def prepare(images):
    """Scale to 0 to 1."""
    return images / 255.0


base = keras.applications.EfficientNetB0(weights=weights("EfficientNetB0"), include_top=False, input_shape=(64, 64, 3))
scaling = "a"
