first = [layer.name for layer in base.layers].index("block7a_expand_conv")
base.trainable = True
for place, layer in enumerate(base.layers):
    layer.trainable = place >= first and not isinstance(layer, keras.layers.BatchNormalization)
model_frozen = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        base,
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model_frozen.compile(keras.optimizers.Adam(1e-4), "binary_crossentropy", metrics=["accuracy"])
model_frozen.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=50, verbose=0)
