def prepare(images):
    """Scale to 0 to 1."""
    return images.astype("float32") / 255.0


base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
prepared = prepare(train_images)
head = keras.Sequential([keras.Input((2048,)), keras.layers.Dense(10, activation="softmax")])
model = keras.Sequential([keras.Input((64, 64, 3)), base, keras.layers.GlobalAveragePooling2D(), head])
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepared, train_labels, epochs=4, batch_size=20, verbose=0)
