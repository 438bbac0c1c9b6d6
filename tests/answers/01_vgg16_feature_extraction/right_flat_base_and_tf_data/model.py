images = keras.Input((64, 64, 3))
x = keras.layers.RandomRotation(0.03, fill_mode="nearest")(images)
for layer in base.layers[1:]:
    x = layer(x)
x = keras.layers.Flatten()(x)
x = keras.layers.Dense(256, activation="relu")(x)
x = keras.layers.Dropout(0.5)(x)
model = keras.Model(inputs=images, outputs=keras.layers.Dense(10, activation="softmax")(x))
