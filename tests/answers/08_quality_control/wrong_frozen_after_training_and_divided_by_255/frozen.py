head = keras.Sequential(
    [
        keras.Input(base.output_shape[1:]),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model_frozen = keras.Sequential([keras.Input((64, 64, 3)), base, head])
model_frozen.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
model_frozen.fit(prepare(train_images), train_labels, epochs=1, batch_size=50, verbose=0)
base.trainable = False
