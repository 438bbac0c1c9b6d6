def prepare_mobilenet(images):
    """Turn raw images, values 0 to 255, into numbers from -1 to 1."""
    return (np.asarray(images, "float32") - 127.5) / 127.5


base_mobilenet = keras.applications.MobileNet(
    weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3), pooling="avg"
)
