base_alexnet.trainable = False
model_alexnet = keras.Sequential(
    [
        base_alexnet,
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model_alexnet.compile(keras.optimizers.RMSprop(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_alexnet.fit(pairs(prepare_alexnet(train_images), train_labels), epochs=EPOCHS, verbose=0)
