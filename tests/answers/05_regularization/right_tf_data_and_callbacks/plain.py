import tensorflow as tf

pairs = tf.data.Dataset.from_tensor_slices((features, train_labels)).cache().shuffle(len(features), seed=SEED).batch(20)


class Patient(keras.callbacks.EarlyStopping):
    """Stop when the loss no longer falls."""


def stack(penalty=None, rate=None):
    """Return a trained head, built layer by layer."""
    made = keras.models.Sequential()
    made.add(keras.layers.Input((2, 2, 512)))
    made.add(keras.layers.Flatten())
    made.add(keras.layers.Dense(256, activation=tf.nn.relu, kernel_regularizer=penalty))
    if rate is not None:
        made.add(keras.layers.Dropout(rate))
    made.add(keras.layers.Dense(10, activation=tf.nn.softmax, kernel_regularizer=penalty))
    made.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    made.fit(pairs, epochs=EPOCHS, callbacks=[Patient("loss", patience=15)], verbose=0)
    return made


plain = stack()
