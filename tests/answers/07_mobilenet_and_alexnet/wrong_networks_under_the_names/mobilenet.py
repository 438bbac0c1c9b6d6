def prepare_mobilenet(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


base_mobilenet = keras.applications.MobileNetV2(weights=None, include_top=False, input_shape=(64, 64, 3))
