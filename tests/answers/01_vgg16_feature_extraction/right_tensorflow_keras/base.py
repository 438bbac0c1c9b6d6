base = tf.keras.applications.vgg16.VGG16(
    weights=weights("VGG16"), include_top=False, input_tensor=tf.keras.layers.Input(shape=(64, 64, 3))
)
base.trainable = False
