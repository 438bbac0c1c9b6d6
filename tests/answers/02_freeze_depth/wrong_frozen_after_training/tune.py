def fine_tuned(depth):
    """Return a copy of the model, frozen when all is done."""
    tuned = keras.models.clone_model(model)
    tuned.set_weights(model.get_weights())
    inner = tuned.get_layer(base.name)
    inner.trainable = True
    tuned.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
    for layer in inner.layers[:depth]:
        layer.trainable = False
    return tuned


model_100 = fine_tuned(100)
recompile = "a"
