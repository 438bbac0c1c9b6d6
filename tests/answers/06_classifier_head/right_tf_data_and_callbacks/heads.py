import tensorflow as tf


class Patient(keras.callbacks.EarlyStopping):
    """Stop when the loss no longer falls."""


def pairs(inputs, labels, batch=20):
    """Return batches of inputs and labels, shuffled anew in each epoch."""
    return tf.data.Dataset.from_tensor_slices((inputs, labels)).cache().shuffle(len(labels), seed=SEED).batch(batch)


def stack(units, rates, optimizer, batch=20):
    """Return a trained head, built layer by layer, and its accuracy on the test images."""
    made = keras.models.Sequential([keras.layers.Input((2, 2, 2048)), keras.layers.GlobalAvgPool2D()])
    for count, rate in zip(units, rates, strict=True):
        made.add(keras.layers.Dense(count, activation=tf.nn.relu))
        made.add(keras.layers.Dropout(rate))
    made.add(keras.layers.Dense(10, activation=tf.nn.softmax))
    made.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    made.fit(pairs(features, train_labels, batch), epochs=EPOCHS, callbacks=[Patient("loss", patience=10)], verbose=0)
    return made, made.evaluate(test_features, test_labels, verbose=0)[1]


(shallow, first), (deep, second) = stack([256], [0.4], "adam"), stack([256, 128, 64], [0.3, 0.2, 0.1], "adam")
changes["deep"] = second - first
