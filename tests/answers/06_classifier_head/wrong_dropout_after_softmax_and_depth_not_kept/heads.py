def head(*units, rate=0.2):
    """Return an untrained head."""
    layers = [keras.Input(features.shape[1:]), keras.layers.GlobalAveragePooling2D()]
    for count in units:
        layers += [keras.layers.Dense(count, activation="relu"), keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(10, activation="softmax")])


def train(model, learning_rate, batch_size, epochs):
    """Compile and train a head, and return its accuracy on the test images."""
    model.compile(keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(features, train_labels, batch_size=batch_size, epochs=epochs, verbose=0)
    return model.evaluate(test_features, test_labels, verbose=0)[1]


settings = {"deep": {"learning_rate": 1e-3, "batch_size": 20, "epochs": EPOCHS}}
shallow = head(256)
deep = keras.Sequential([keras.Input(features.shape[1:]), *head(256, 128, 64).layers, keras.layers.Dropout(0.2)])
accuracies = {"shallow": train(shallow, **settings["deep"]), "deep": train(deep, **settings["deep"])}
changes["deep"] = accuracies["deep"] - accuracies["shallow"]
