first = [layer.name for layer in base.layers].index("block6a_expand_conv")
base.trainable = True
for layer in base.layers[:first]:
    layer.trainable = False
model_tuned = keras.Sequential([keras.Input((64, 64, 3)), base, head])
model_tuned.compile(keras.optimizers.Adam(1e-3), "binary_crossentropy", metrics=["accuracy"])
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=50, verbose=0)
