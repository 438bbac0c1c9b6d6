def from_phase_one():
    """Return the pretrained base and a copy of the head, nothing of it trained on yet."""
    copied = keras.Sequential([borrowed(), keras.layers.Dense(10, "softmax")])
    copied.layers[-1].set_weights(model.layers[-1].get_weights())
    return copied


def learn(tuned):
    """Compile at a low rate and train."""
    tuned.compile(keras.optimizers.SGD(1e-4, momentum=0.9), "categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(prepare(train_images), one_hot, epochs=FINE_EPOCHS, batch_size=20, verbose=0)


model_100 = from_phase_one()
for layer in model_100.layers[0].layers[100:]:
    layer.trainable = True
learn(model_100)
recompile = "b"
