MEAN_BLUE_GREEN_RED = np.array([103.939, 116.779, 123.68], dtype="float32")


def prepare(images):
    """Swap the channels and take the mean colour away."""
    return np.asarray(images)[..., ::-1].astype("float32") - MEAN_BLUE_GREEN_RED
