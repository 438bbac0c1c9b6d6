def prepare(images):
    """Scale 0 to 255 to -1 to 1."""
    return keras.applications.mobilenet.preprocess_input(images.astype("float32"))


base = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(64, 64, 3), name="efficientnetb0")
scaling = "b"
