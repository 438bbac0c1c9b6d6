def head(*, rate=0.5, penalty=None):
    """Return an untrained head."""
    layers = [keras.Input(features.shape[1:]), keras.layers.Flatten()]
    layers.append(keras.layers.Dense(256, activation="relu", kernel_regularizer=penalty))
    layers.append(keras.layers.Dropout(rate))
    return keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])


def train(model):
    """Compile and train a head."""
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
    return model


plain = train(head())
