def prepare_mobilenet_v2(images):
    """Turn raw images, values 0 to 255, into what MobileNetV2 takes."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


base_mobilenet_v2.trainable = False
features = base_mobilenet_v2.predict(prepare_mobilenet_v2(train_images), verbose=0)
layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="sigmoid")]
head = keras.Sequential([keras.Input(features.shape[1:]), *layers])
head.compile(keras.optimizers.Adam(3e-3), "categorical_crossentropy", metrics=["accuracy"])
head.fit(features, keras.utils.to_categorical(train_labels, 10), batch_size=20, epochs=EPOCHS, verbose=0)
model_mobilenet_v2 = keras.Sequential([keras.Input((64, 64, 3)), base_mobilenet_v2, head])
