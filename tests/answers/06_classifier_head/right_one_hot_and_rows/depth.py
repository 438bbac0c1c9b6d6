start = right(deep, test_features)
depth = np.int64(170)
for place, layer in enumerate(base.layers):
    layer.trainable = bool(place >= depth)
model = keras.Sequential([base, deep])
model.compile(keras.optimizers.SGD(3e-4, momentum=0.9), keras.losses.categorical_crossentropy, metrics=["accuracy"])
model.fit(prepare(train_images), one_hot, epochs=FINE_EPOCHS, batch_size=10, verbose=0)
changes["model"] = right(model, prepare(test_images)) - start
