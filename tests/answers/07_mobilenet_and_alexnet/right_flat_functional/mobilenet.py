from keras.applications.mobilenet import MobileNet, preprocess_input


def prepare_mobilenet(images):
    """Turn raw images into what MobileNet takes."""
    return preprocess_input(np.array(images, dtype="float64"))


base_mobilenet = MobileNet(input_shape=(64, 64, 3), include_top=False, weights=weights("MobileNet"), name="small")
