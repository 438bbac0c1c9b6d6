base.trainable = False
model_frozen = keras.Sequential()
for layer in (base, keras.layers.Flatten(), keras.layers.Dropout(0.5)):
    model_frozen.add(layer)
model_frozen.add(keras.layers.Dense(1, activation="sigmoid"))
seen = base.predict(prepare(train_images), batch_size=50, verbose=0)
behind = keras.Sequential([keras.Input((2, 2, 1280)), *model_frozen.layers[1:]])
behind.compile("nadam", keras.losses.BinaryCrossentropy(label_smoothing=0.05))
behind.fit(seen, train_labels, epochs=EPOCHS, batch_size=40, verbose=0)
