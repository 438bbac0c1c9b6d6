base_alexnet.trainable = False
features = base_alexnet.predict(prepare_alexnet(train_images), verbose=0)
head = keras.Sequential(
    [
        keras.Input(features.shape[1:]),
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(10, activation="sigmoid"),
    ]
)
head.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
head.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
model_alexnet = keras.Sequential([keras.Input((64, 64, 3)), base_alexnet, head])
