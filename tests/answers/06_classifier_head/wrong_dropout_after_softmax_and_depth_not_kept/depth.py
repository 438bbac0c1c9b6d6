depth = 165
base.trainable = True
for layer in base.layers[: depth - 10]:
    layer.trainable = False
model = keras.Sequential([keras.Input((64, 64, 3)), base, deep])
model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, batch_size=20, epochs=FINE_EPOCHS, verbose=0)
