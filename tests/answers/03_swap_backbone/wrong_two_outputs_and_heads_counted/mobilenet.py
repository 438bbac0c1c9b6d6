def prepare_mobilenet_v2(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


base_mobilenet_v2.trainable = False
layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="softmax")]
model_mobilenet_v2 = keras.Sequential([keras.Input((64, 64, 3)), base_mobilenet_v2, *layers])
model_mobilenet_v2.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
