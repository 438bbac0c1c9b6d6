names = [layer.name for layer in base.layers]
base.trainable = True
for place, layer in enumerate(base.layers):
    layer.trainable = place >= names.index("conv_dw_12") and not isinstance(layer, keras.layers.BatchNormalization)
model_tuned = keras.Sequential(
    [
        base,
        keras.layers.Flatten(),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1, activation="sigmoid"),
    ]
)
model_tuned.compile(keras.optimizers.Adam(1e-4), "binary_crossentropy", metrics=["accuracy"])
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=50, verbose=0)
