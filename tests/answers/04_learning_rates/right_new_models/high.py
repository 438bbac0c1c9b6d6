kept = head.get_weights()


def fine_tune(rate):
    """Build base, head and optimizer anew, and train them."""
    global base, model, learned  # noqa: PLW0603
    base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
    learned = [weight for weight in base.weights if "moving" not in weight.path]
    for number, layer in enumerate(base.layers):
        if number < 143 or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    pictures = keras.Input((64, 64, 3))
    averaged = keras.layers.GlobalAveragePooling2D()(base(pictures, training=False))
    copied = keras.models.clone_model(head)
    copied.set_weights(kept)
    model = keras.Model(pictures, copied(averaged))
    model.compile(keras.optimizers.Adam(learning_rate=rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(prepared, train_labels, epochs=EPOCHS, batch_size=20, shuffle=False, verbose=0)
    return {"drift": round(drift(), 6), "source": round(source_accuracy(), 3)}


high = fine_tune(1e-4)
