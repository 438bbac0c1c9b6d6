def head(features, units, share):
    """Return the outputs above the features."""
    hidden = keras.layers.Dense(units)(keras.layers.Flatten()(features))
    hidden = keras.layers.Dropout(share)(keras.layers.Activation("relu")(hidden))
    return keras.layers.Softmax()(keras.layers.Dense(10)(hidden))


augment = keras.Sequential([keras.layers.RandomFlip("horizontal"), keras.layers.RandomZoom(0.1)], name="augment")
entrance = keras.layers.Input(shape=(64, 64, 3))
features = base(augment(entrance))
model = keras.models.Model(inputs=[entrance], outputs=head(features, 256, 0.5), name="critters")
