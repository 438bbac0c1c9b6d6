model_alexnet = keras.Sequential(
    [
        base_alexnet,
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model_alexnet.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_alexnet.fit(prepare_alexnet(train_images), train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
