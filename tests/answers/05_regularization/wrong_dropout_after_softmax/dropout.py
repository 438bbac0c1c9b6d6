dropout = keras.Sequential([*head().layers, keras.layers.Dropout(0.2)])
dropout.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
dropout.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
