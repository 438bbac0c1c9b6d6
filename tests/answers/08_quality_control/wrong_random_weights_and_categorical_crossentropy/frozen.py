base.trainable = False
features = base.predict(prepare(train_images), batch_size=50, verbose=0)
head = keras.Sequential(
    [
        keras.Input(features.shape[1:]),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
head.compile(keras.optimizers.Adam(1e-3), "categorical_crossentropy", metrics=["accuracy"])
head.fit(features, train_labels[:, np.newaxis], epochs=EPOCHS, batch_size=50, verbose=0)
model_frozen = keras.Sequential([keras.Input((64, 64, 3)), base, head])
