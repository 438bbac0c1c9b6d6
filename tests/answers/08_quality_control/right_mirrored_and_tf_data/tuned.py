for place, layer in enumerate(base.layers):
    layer.trainable = place >= 162 and not layer.name.endswith("bn")
model_tuned = model_frozen
model_tuned.compile(keras.optimizers.Adam(3e-5), "binary_crossentropy", metrics=["accuracy"])
model_tuned.fit(batches(prepare(train_images), train_labels), epochs=FINE_EPOCHS, verbose=0)
