depth = [layer.name for layer in base.layers].index("conv5_block1_1_conv")
for place, layer in enumerate(base.layers):
    layer.trainable = place >= depth
model = keras.Sequential([keras.Input((64, 64, 3)), base, head(256, 64)])
model.compile(keras.optimizers.Adam(1e-6), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, batch_size=20, epochs=FINE_EPOCHS, verbose=0)
changes["model"] = model.evaluate(prepare(test_images), test_labels, verbose=0)[1] - accuracies["deep"]
