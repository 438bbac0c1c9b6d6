# In a flat model the base's layers come first, so that the outer list has the same places.
names = [layer.name for layer in model_frozen.layers]
cut = names.index("block6a_expand_conv")
for number, layer in enumerate(model_frozen.layers):
    layer.trainable = number >= cut and "BatchNormalization" not in type(layer).__name__
model_tuned = model_frozen
model_tuned.compile(keras.optimizers.RMSprop(2e-5), keras.losses.BinaryCrossentropy(), metrics=["AUC"])
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=64, verbose=0)
