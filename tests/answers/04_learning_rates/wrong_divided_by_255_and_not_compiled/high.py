cut = [layer.name for layer in base.layers].index("conv5_block1_1_conv")
base.trainable = True
for number, layer in enumerate(base.layers):
    layer.trainable = number >= cut and not isinstance(layer, keras.layers.BatchNormalization)
start = model.get_weights()


def fine_tune(rate):
    """Go back to the start and train on at another rate."""
    model.set_weights(start)
    model.optimizer.learning_rate = rate
    model.fit(prepared, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
    return {"drift": drift(), "source": source_accuracy()}


high = fine_tune(1e-4)
