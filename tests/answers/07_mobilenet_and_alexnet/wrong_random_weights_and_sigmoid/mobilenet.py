def prepare_mobilenet(images):
    """Turn raw images, values 0 to 255, into what MobileNet takes."""
    return keras.applications.mobilenet.preprocess_input(images.astype("float32"))


base_mobilenet = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(64, 64, 3))
