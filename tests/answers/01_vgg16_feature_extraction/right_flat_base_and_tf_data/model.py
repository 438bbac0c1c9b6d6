x = keras.layers.Flatten()(base.output)
x = keras.layers.Dense(256, activation="relu")(x)
x = keras.layers.Dropout(0.5)(x)
model = keras.Model(inputs=base.input, outputs=keras.layers.Dense(10, activation="softmax")(x))
