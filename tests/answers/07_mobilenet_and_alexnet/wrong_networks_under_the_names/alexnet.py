from data import alexnet


def prepare_alexnet(images):
    """Turn raw images, values 0 to 255, into what AlexNet takes."""
    return alexnet.preprocess_input(images.astype("float32"))


def convolution(filters, side, **options):
    """Return a convolution of an AlexNet as tutorials draw it."""
    return keras.layers.Conv2D(filters, side, padding="same", activation="relu", **options)


base_alexnet = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        convolution(64, 11, strides=4),
        keras.layers.MaxPooling2D(3, 2),
        convolution(192, 5),
        keras.layers.MaxPooling2D(3, 2),
        convolution(384, 3),
        convolution(256, 3),
        convolution(256, 3),
        keras.layers.MaxPooling2D(3, 2),
    ]
)
