def prepare_mobilenet_v2(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


for layer in base_mobilenet_v2.layers:
    layer.trainable = isinstance(layer, keras.layers.BatchNormalization)
layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="softmax")]
model_mobilenet_v2 = keras.Sequential([keras.Input((64, 64, 3)), base_mobilenet_v2, *layers])
model_mobilenet_v2.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_mobilenet_v2.fit(prepare_mobilenet_v2(train_images), train_labels, batch_size=20, epochs=EPOCHS, verbose=0)
