class Batches(keras.utils.PyDataset):
    """The training images, twenty at a time."""

    def __len__(self):
        """Return the number of batches."""
        return len(range(0, len(train_labels), 20))

    def __getitem__(self, number):
        """Return one batch."""
        part = slice(20 * number, 20 * number + 20)
        return prepare(train_images[part]), train_labels[part]


def fine_tuned(depth):
    """Return a new model whose base learns behind the first layers."""
    network = keras.applications.ResNet50(include_top=False, weights=weights("ResNet50"), input_shape=(64, 64, 3))
    for layer in network.layers[:depth]:
        layer.trainable = False
    tuned = assembled(network)
    tuned.get_layer("probabilities").set_weights(model.get_layer("probabilities").get_weights())
    tuned.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.optimizer.learning_rate = 1e-6
    tuned.fit(Batches(), epochs=FINE_EPOCHS, verbose=0)
    return tuned


model_100 = fine_tuned(100)
recompile = "b"
