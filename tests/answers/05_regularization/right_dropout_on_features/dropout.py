dropout = keras.Sequential(
    [
        keras.Input(features.shape[1:]),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
dropout.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
dropout.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
