from keras.applications.mobilenet_v2 import preprocess_input


def prepare_mobilenet_v2(images):
    """Prepare a copy."""
    return preprocess_input(np.array(images, dtype="float32"))


model_mobilenet_v2 = ready(base_mobilenet_v2, prepare_mobilenet_v2)
