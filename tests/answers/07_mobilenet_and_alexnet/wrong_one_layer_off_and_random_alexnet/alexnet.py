from data import alexnet


def prepare_alexnet(images):
    """Turn raw images, values 0 to 255, into what AlexNet takes."""
    return alexnet.preprocess_input(images.astype("float32"))


base_alexnet = alexnet.AlexNet(weights=None, include_top=False, input_shape=(64, 64, 3))
