pooled = keras.layers.GlobalAveragePooling2D(name="mean_of_the_map")(base.output)
model = keras.Model(base.input, keras.layers.Dense(10, activation="softmax", name="kinds")(pooled))
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
