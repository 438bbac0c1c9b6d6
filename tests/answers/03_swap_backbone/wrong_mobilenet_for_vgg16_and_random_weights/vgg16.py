def with_new_head(base, prepare):
    """Return a base with a head that was trained on its features."""
    base.trainable = False
    features = base.predict(prepare(train_images), verbose=0)
    layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="softmax")]
    head = keras.Sequential([keras.Input(features.shape[1:]), *layers])
    head.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    head.fit(features, train_labels, batch_size=20, epochs=EPOCHS, verbose=0)
    return keras.Sequential([keras.Input((64, 64, 3)), base, head])


def prepare_vgg16(images):
    """Prepare as for MobileNetV2."""
    return keras.applications.mobilenet_v2.preprocess_input(images.astype("float32"))


model_vgg16 = with_new_head(base_vgg16, prepare_vgg16)
