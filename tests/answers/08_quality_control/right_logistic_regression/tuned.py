base.trainable = True
names = [layer.name for layer in base.layers]
for layer in base.layers[: names.index("block6a_expand_conv")]:
    layer.trainable = False
for layer in base.layers:
    if isinstance(layer, keras.layers.BatchNormalization):
        layer.trainable = False
model_tuned = model_frozen
model_tuned.compile(keras.optimizers.Adam(1e-5), "BinaryCrossentropy", metrics=["accuracy"])
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=64, verbose=0)
