start = model.get_weights()
base.trainable = True
for layer in base.layers:
    layer.trainable = layer.name.startswith("conv5_") and not layer.name.endswith("_bn")


def fine_tune(rate):
    """Go back to the start, compile again, and train batch by batch."""
    model.set_weights(start)
    model.compile(keras.optimizers.AdamW(rate, weight_decay=0.0), loss=keras.losses.SparseCategoricalCrossentropy())
    for _ in range(EPOCHS):
        for first in range(0, len(prepared), 20):
            model.train_on_batch(prepared[first : first + 20], train_labels[first : first + 20])
    return {"drift": drift(), "source": source_accuracy()}


high = fine_tune(1e-4)
