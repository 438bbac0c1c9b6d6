depth = 143
base.trainable = True
for layer in base.layers[:depth]:
    layer.trainable = False
model = keras.Sequential([keras.Input((64, 64, 3)), base, *deep.layers])
model.compile(keras.optimizers.Adam(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, batch_size=25, epochs=FINE_EPOCHS, verbose=0)
named = by_fifty(model, test_images).argmax(axis=1)
changes["model"] = float(np.mean(named == test_labels)) - accuracies["deep"]
