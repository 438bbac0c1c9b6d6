depth = 143
for place, layer in enumerate(base.layers):
    layer.trainable = place >= depth and not isinstance(layer, keras.layers.BatchNormalization)

# What is frozen gives the same in every epoch: it is computed once, and the rest of the base learns from it.
between = base.layers[depth - 1].output
front, back = keras.Model(base.input, between), keras.Model(between, base.output)
maps, test_maps = front.predict(prepare(train_images), verbose=0), front.predict(prepare(test_images), verbose=0)
behind = keras.Sequential([back, deep])
behind.compile(keras.optimizers.Adam(2e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
behind.fit(maps, train_labels, batch_size=20, epochs=FINE_EPOCHS, verbose=0)
changes["model"] = behind.evaluate(test_maps, test_labels, verbose=0)[1] - accuracies["deep"]

model = keras.Sequential([keras.Input((64, 64, 3)), base, deep])
model.compile(keras.optimizers.Adam(2e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
