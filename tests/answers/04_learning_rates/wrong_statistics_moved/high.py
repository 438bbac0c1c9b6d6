cut = [layer.name for layer in base.layers].index("conv5_block1_1_conv")
base.trainable = True
for number, layer in enumerate(base.layers):
    layer.trainable = number >= cut
model.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.optimizer.build(model.trainable_variables)
start, memory = model.get_weights(), [variable.numpy() for variable in model.optimizer.variables]


def fine_tune(rate):
    """Fine-tune from the start at a rate, and return what came of it."""
    model.set_weights(start)
    for variable, value in zip(model.optimizer.variables, memory, strict=True):
        variable.assign(value)
    model.optimizer.learning_rate = rate
    history = model.fit(prepared, train_labels, epochs=EPOCHS, batch_size=20, verbose=0).history
    print(f"rate {rate:g}: loss {history['loss'][0]:.3f} in the first epoch, {history['loss'][-1]:.3f} in the last")
    return {"drift": drift(), "source": source_accuracy()}


high = fine_tune(1e-4)
