model = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        base,
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
