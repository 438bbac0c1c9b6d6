from keras.applications.efficientnet import EfficientNetB0, preprocess_input


def prepare(images):
    """Turn raw images into what EfficientNetB0 takes."""
    return preprocess_input(np.array(images, dtype="float64"))


base = EfficientNetB0(input_shape=(64, 64, 3), include_top=False, weights=weights("EfficientNetB0"), name="inspector")
scaling = " C "
