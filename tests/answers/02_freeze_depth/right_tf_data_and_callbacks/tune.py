def unfrozen_from(depth):
    """Return the same network once more, trained on behind the first layers."""
    tuned = tf.keras.models.clone_model(model)
    tuned.set_weights(after_phase_one)
    network = next(layer for layer in tuned.layers if isinstance(layer, tf.keras.Model))
    network.trainable = True
    for index in range(depth):
        network.layers[index].trainable = False
    slowing = tf.keras.optimizers.schedules.ExponentialDecay(1e-4, decay_steps=20, decay_rate=0.9)
    tuned.compile(tf.keras.optimizers.Adam(slowing), "sparse_categorical_crossentropy", metrics=["accuracy"])
    tuned.fit(pairs, epochs=FINE_EPOCHS, callbacks=[Kept(), tf.keras.callbacks.TerminateOnNaN()], verbose=0)
    return tuned


model_100 = unfrozen_from(100)
recompile = "b"
