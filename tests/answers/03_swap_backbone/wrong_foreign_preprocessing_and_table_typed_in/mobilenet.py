def prepare_mobilenet_v2(images):
    """Prepare as for VGG16."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


model_mobilenet_v2 = with_new_head(base_mobilenet_v2, prepare_mobilenet_v2)
