one_hot = keras.utils.to_categorical(train_labels, 10)


def head(*layers, penalty=None):
    """Return a head, trained with momentum on one-hot labels; an Adam run first brings L1 far enough."""
    made = keras.Sequential(
        [
            keras.layers.Input(shape=features.shape[1:]),
            keras.layers.Flatten(),
            keras.layers.Dense(256, "relu", kernel_regularizer=penalty),
            *layers,
            keras.layers.Dense(10, "softmax"),
        ]
    )
    made.compile(keras.optimizers.AdamW(2e-3), keras.losses.categorical_crossentropy, metrics=["accuracy"])
    made.fit(features, one_hot, epochs=EPOCHS, batch_size=25, verbose=0)
    made.compile(keras.optimizers.SGD(1e-4, momentum=0.9), keras.losses.categorical_crossentropy, metrics=["accuracy"])
    made.fit(features, one_hot, epochs=1, batch_size=25, verbose=0)
    return made


plain = head()
