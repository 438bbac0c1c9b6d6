model_tuned = keras.Sequential([keras.Input((64, 64, 3)), *model_frozen.layers])
opened = {layer.name for layer in base.layers[base.layers.index(base.get_layer("block6a_expand_conv")) :]}
base.trainable = True
for layer in base.layers:
    layer.trainable = layer.name in opened and "bn" not in layer.name.split("_")
model_tuned.compile(keras.optimizers.AdamW(5e-5), keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=50, verbose=0)
