def fine_tuned(depth):
    """Train a copy with the first layers frozen, in whose later BatchNormalization layers nothing moves either."""
    own = keras.models.clone_model(base)
    own.set_weights(base.get_weights())
    own.trainable = True
    for place, layer in enumerate(own.layers):
        layer.trainable = place >= depth and not isinstance(layer, keras.layers.BatchNormalization)
    top = keras.models.clone_model(head)
    top.set_weights(head.get_weights())
    inputs = keras.Input((64, 64, 3))
    tuned = keras.Model(inputs, top(own(inputs)))
    tuned.compile(keras.optimizers.AdamW(2e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=16, verbose=0)
    return tuned


model_100 = fine_tuned(100)
recompile = "b"
