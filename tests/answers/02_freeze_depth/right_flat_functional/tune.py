def fresh():
    """Return the pretrained base with the head of phase one, as one flat model."""
    own = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
    pooled = keras.layers.GlobalAveragePooling2D()(own.output)
    flat = keras.Model(own.input, keras.layers.Dense(10, activation="softmax")(pooled))
    flat.layers[-1].set_weights(model.layers[-1].get_weights())
    return flat


made = {}
for depth in (100, 50, 150):
    made[depth] = fresh()
    for number, layer in enumerate(made[depth].layers):
        layer.trainable = number >= depth
    made[depth].compile(keras.optimizers.RMSprop(1e-5), "sparse_categorical_crossentropy")
    made[depth].fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
model_100 = made[100]
recompile = " B "
