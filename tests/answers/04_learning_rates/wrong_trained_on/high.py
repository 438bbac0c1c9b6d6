base.trainable = True
for layer in base.layers:
    layer.trainable = layer.name.startswith("conv5_") and not isinstance(layer, keras.layers.BatchNormalization)
model.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])


def fine_tune(rate):
    """Train on with another rate."""
    model.optimizer.learning_rate = rate
    model.fit(prepared, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
    return {"drift": drift(), "source": source_accuracy()}


high = fine_tune(1e-4)
