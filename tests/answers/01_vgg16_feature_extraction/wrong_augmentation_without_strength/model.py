model = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        keras.layers.RandomTranslation(0.0, 0.0),
        base,
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
