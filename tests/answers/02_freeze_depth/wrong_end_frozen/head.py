pooled = keras.layers.Flatten()(base.output)
model = keras.Model(base.input, keras.layers.Dense(10, activation="softmax")(pooled))
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
