from data import alexnet


def prepare_alexnet(images):
    """Turn raw images into what VGG16 takes."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


base_alexnet = alexnet.AlexNet(weights=weights("AlexNet"), include_top=False, input_shape=(64, 64, 3))
