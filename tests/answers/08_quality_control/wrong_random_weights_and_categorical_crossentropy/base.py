def prepare(images):
    """Turn raw images, values 0 to 255, into what EfficientNetB0 takes: it scales them itself."""
    return images.astype("float32")


base = keras.applications.EfficientNetB0(weights=None, include_top=False, input_shape=(64, 64, 3))
scaling = "c"
