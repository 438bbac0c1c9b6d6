import tensorflow as tf


def batches(inputs, labels, size=50):
    """Return batches of inputs and labels, shuffled anew in each epoch."""
    return tf.data.Dataset.from_tensor_slices((inputs, labels)).cache().shuffle(len(labels), seed=SEED).batch(size)


base.trainable = False
seen = np.concatenate([train_images, train_images[:, :, ::-1]])
features = base.predict(prepare(seen), batch_size=50, verbose=0)
head = keras.models.Sequential([keras.layers.Input((2, 2, 1280)), keras.layers.Flatten()])
head.add(keras.layers.Dropout(0.4))
head.add(keras.layers.Dense(1, "sigmoid"))
head.compile(keras.optimizers.Adam(5e-4), "binary_crossentropy", metrics=["accuracy"])
stop = keras.callbacks.EarlyStopping("loss", patience=5)
head.fit(batches(features, np.tile(train_labels, 2)), epochs=EPOCHS, callbacks=[stop], verbose=0)
mirror = keras.layers.RandomFlip("horizontal_and_vertical", seed=SEED)
model_frozen = keras.Sequential([keras.Input((64, 64, 3)), mirror, base, head])
