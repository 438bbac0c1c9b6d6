x = keras.layers.Flatten(name="places")(base.output)
x = keras.layers.Dropout(0.3)(x)
model_frozen = keras.Model(base.input, keras.layers.Dense(1, activation="sigmoid", name="defect")(x))
for layer in base.layers:
    layer.trainable = False

places = keras.Model(base.input, model_frozen.get_layer("places").output)
flat = places.predict(prepare(train_images), batch_size=50, verbose=0)
top_layer = keras.Sequential([keras.Input(flat.shape[1:]), *model_frozen.layers[-2:]])
top_layer.compile("adam", "binary_crossentropy", metrics=["accuracy"])
top_layer.fit(flat, train_labels, epochs=EPOCHS, batch_size=32, verbose=0)
