base = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
for layer in base.layers:
    layer.trainable = False
