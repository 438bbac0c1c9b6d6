def prepare_mobilenet(images):
    """Leave the pixels as they are: the model prepares them."""
    return images.astype("float32")


base_mobilenet = keras.applications.MobileNet(weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3))
