def fine_tuned(depth):
    """Return a copy of the model, trained on with one layer too many frozen."""
    tuned = keras.models.clone_model(model)
    tuned.set_weights(model.get_weights())
    inner = tuned.get_layer(base.name)
    inner.trainable = True
    for number, layer in enumerate(inner.layers):
        if number <= depth:
            layer.trainable = False
    tuned.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
    return tuned


model_100 = fine_tuned(100)
recompile = "b"
