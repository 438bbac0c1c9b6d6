head = keras.Sequential(
    [
        keras.Input(base.output_shape[1:]),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    ],
    name="head",
)
features = base.predict(prepare(train_images), verbose=0)
head.compile(keras.optimizers.Nadam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
head.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
model = keras.Sequential([keras.Input((64, 64, 3)), base, head])
