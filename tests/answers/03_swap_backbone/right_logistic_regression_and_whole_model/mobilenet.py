def prepare_mobilenet_v2(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


model_mobilenet_v2 = with_regression(base_mobilenet_v2, prepare_mobilenet_v2)
# The base is frozen, so that it stays as it is, although these steps go through it.
model_mobilenet_v2.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_mobilenet_v2.fit(prepare_mobilenet_v2(train_images), train_labels, batch_size=20, epochs=2, verbose=0)
