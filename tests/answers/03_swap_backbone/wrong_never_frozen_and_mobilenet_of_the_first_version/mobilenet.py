def prepare_mobilenet_v2(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


base_mobilenet_v2.trainable = False
model_mobilenet_v2 = with_new_head(base_mobilenet_v2, prepare_mobilenet_v2)
