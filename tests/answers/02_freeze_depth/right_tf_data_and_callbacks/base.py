import tensorflow as tf

prepare = tf.keras.applications.resnet.preprocess_input
base = tf.keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
raw_prepare = prepare


def prepare(images):
    """Turn raw images into what ResNet50 takes, and leave the array as it was."""
    return raw_prepare(np.array(images, "float32"))


def batches():
    """Yield the images in small groups, as from a disk."""
    for start in range(0, len(train_labels), 10):
        yield prepare(train_images[start : start + 10]), train_labels[start : start + 10]


shapes = (tf.TensorSpec((None, 64, 64, 3), tf.float32), tf.TensorSpec((None,), tf.int64))
pairs = tf.data.Dataset.from_generator(batches, output_signature=shapes).prefetch(1)
