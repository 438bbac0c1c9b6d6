def fine_tuned(depth):
    """Return a copy of the model, with the first of its own few layers frozen."""
    tuned = keras.models.clone_model(model)
    tuned.set_weights(model.get_weights())
    tuned.trainable = True
    for layer in tuned.layers[:depth]:
        layer.trainable = False
    tuned.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
    return tuned


model_100 = fine_tuned(100)
recompile = "d"
