settings["tuned"] = {"learning_rate": 1e-3, "batch_size": 10, "epochs": EPOCHS}
tuned = head(256, 128, 64)
tuned.pop()
tuned.add(keras.layers.Dense(2, activation="softmax"))
tuned.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
two = train_labels < 2
tuned.fit(features[two], train_labels[two], batch_size=10, epochs=EPOCHS, verbose=0)
changes["tuned"] = tuned.evaluate(test_features[test_labels < 2], test_labels[test_labels < 2], verbose=0)[1]
