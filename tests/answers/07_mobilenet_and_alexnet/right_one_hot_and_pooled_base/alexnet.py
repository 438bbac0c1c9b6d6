import data.alexnet


def prepare_alexnet(images):
    """Turn raw images, values 0 to 255, into numbers from -1 to 1."""
    return prepare_mobilenet(images)


base_alexnet = data.alexnet.AlexNet(weights=weights("AlexNet"), input_shape=(64, 64, 3))
base_alexnet.trainable = False
