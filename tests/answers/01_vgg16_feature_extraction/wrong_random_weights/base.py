base = keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3))
base.trainable = False
