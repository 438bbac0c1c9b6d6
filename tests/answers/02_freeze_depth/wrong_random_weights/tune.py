def fine_tuned(depth):
    """Return a model with a new head, trained with the first layers of its base frozen."""
    inner = keras.models.clone_model(base)
    inner.set_weights(base.get_weights())
    for place, layer in enumerate(inner.layers):
        layer.trainable = place >= depth
    tuned = keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            inner,
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    tuned.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
    return tuned


model_100 = fine_tuned(100)
recompile = "b"
