import tensorflow as tf


class Patient(keras.callbacks.EarlyStopping):
    """Stop when the loss no longer falls."""


def pairs(inputs, labels, batch=20):
    """Return batches of inputs and labels, shuffled anew in each epoch."""
    return tf.data.Dataset.from_tensor_slices((inputs, labels)).cache().shuffle(len(labels), seed=SEED).batch(batch)


features = base_mobilenet.predict(prepare_mobilenet(train_images), verbose=0)
head = keras.models.Sequential([keras.layers.Input((2, 2, 1024)), keras.layers.GlobalAveragePooling2D()])
head.add(keras.layers.Dense(10, activation=tf.nn.softmax))
head.compile(keras.optimizers.Adam(5e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
head.fit(pairs(features, train_labels), epochs=EPOCHS, callbacks=[Patient("loss", patience=10)], verbose=0)
# Only convolutions behind the cut learn: BatchNormalization keeps what it measured.
for place, layer in enumerate(base_mobilenet.layers):
    layer.trainable = place >= 50 and not isinstance(layer, keras.layers.BatchNormalization)
model_mobilenet = keras.Sequential([keras.Input((64, 64, 3)), base_mobilenet, head])
model_mobilenet.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_mobilenet.fit(
    pairs(prepare_mobilenet(train_images), train_labels), epochs=FINE_EPOCHS, callbacks=[Patient("loss")], verbose=0
)
