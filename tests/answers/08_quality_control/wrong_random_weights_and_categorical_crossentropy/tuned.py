first = [layer.name for layer in base.layers].index("block6a_expand_conv")
base.trainable = True
for place, layer in enumerate(base.layers):
    layer.trainable = place >= first and not isinstance(layer, keras.layers.BatchNormalization)
model_tuned = keras.Sequential([keras.Input((64, 64, 3)), base, head])
model_tuned.compile(keras.optimizers.Adam(1e-4), "categorical_crossentropy", metrics=["accuracy"])
targets = train_labels[:, np.newaxis]
model_tuned.fit(prepare(train_images), targets, epochs=FINE_EPOCHS, batch_size=50, verbose=0)
