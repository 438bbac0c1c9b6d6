def prepare_mobilenet_v2(images):
    """Prepare a copy; tensors are welcome."""
    return keras.applications.mobilenet_v2.preprocess_input(tf.cast(images, tf.float32))


model_mobilenet_v2 = stacked(base_mobilenet_v2, prepare_mobilenet_v2)
