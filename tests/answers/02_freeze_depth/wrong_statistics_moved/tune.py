def fine_tuned(depth):
    """Return a model whose variables are frozen, but not the layers that hold them."""
    inner = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
    for layer in inner.layers[:depth]:
        for variable in layer.trainable_variables:
            variable.trainable = False
    tuned = keras.Sequential([keras.Input((64, 64, 3)), inner, *map(copied, model.layers[1:])])
    tuned.layers[-1].set_weights(model.layers[-1].get_weights())
    tuned.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
    return tuned


def copied(layer):
    """Return a layer like another, with weights of its own."""
    return type(layer).from_config(layer.get_config())


model_100 = fine_tuned(100)
recompile = "b"
