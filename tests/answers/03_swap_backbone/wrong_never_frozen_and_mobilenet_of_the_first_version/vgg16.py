def prepare_vgg16(images):
    """Turn raw images, values 0 to 255, into what VGG16 takes."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


def with_new_head(base, prepare):
    """Return a base with a head, trained together."""
    layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="softmax")]
    model = keras.Sequential([keras.Input((64, 64, 3)), base, *layers])
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(prepare(train_images), train_labels, batch_size=20, epochs=EPOCHS, verbose=0)
    return model


model_vgg16 = with_new_head(base_vgg16, prepare_vgg16)
