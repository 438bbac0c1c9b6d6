pairs = tf.data.Dataset.from_tensor_slices((prepared, one_hot)).cache().shuffle(len(prepared), seed=SEED).batch(20)
base.trainable = True
for layer in base.layers[: base.layers.index(base.get_layer("conv5_block1_1_conv"))]:
    layer.trainable = False
for layer in base.layers:
    layer.trainable = layer.trainable and "_bn" not in layer.name
start = {weight.path: weight.numpy() for weight in model.weights}


class Rate(keras.callbacks.LearningRateScheduler):
    """Set the rate in the first step, whatever was compiled."""


def fine_tune(rate):
    """Fine-tune with a new optimizer whose rate a callback sets."""
    for weight in model.weights:
        weight.assign(start[weight.path])
    model.compile("adam", "categorical_crossentropy")
    model.fit(pairs, epochs=EPOCHS, callbacks=[Rate(lambda epoch, old: rate)], verbose=0)
    return {"rate": rate, "drift": drift(), "source": source_accuracy()}


high = fine_tune(1e-4)
