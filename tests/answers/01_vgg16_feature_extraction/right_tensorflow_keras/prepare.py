import tensorflow as tf


def prepare(images):
    """Prepare a batch as a tensor."""
    return tf.keras.applications.vgg16.preprocess_input(tf.cast(images, tf.float32))
