import tensorflow as tf

held_out = len(train_labels) // 5
pairs = tf.data.Dataset.from_tensor_slices((train_images, train_labels))


def ready(split):
    """Batch and prepare a part of the images."""
    return split.batch(20).map(lambda x, y: (prepare(tf.cast(x, tf.float32)), y)).cache()


def prepare(images):
    """Prepare arrays and tensors alike."""
    return keras.applications.vgg16.preprocess_input(keras.ops.cast(images, "float32"))


model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
model.fit(
    ready(pairs.skip(held_out)).shuffle(20), validation_data=ready(pairs.take(held_out)), epochs=EPOCHS, verbose=0
)
