model = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        keras.layers.RandomFlip("horizontal"),
        base,
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
