def with_head(name, rate=0.0, **options):
    """Return a functional head with names of its own."""
    entrance = keras.Input((2, 2, 512), name="features")
    x = keras.layers.Reshape((2048,))(entrance)
    x = keras.layers.Dense(256, name="hidden", **options)(x)
    x = keras.layers.Activation("relu")(x)
    if rate:
        x = keras.layers.Dropout(rate, seed=1)(x)
    x = keras.layers.Dense(10, name="kinds")(x)
    return keras.Model(entrance, keras.layers.Softmax()(x), name=name)


def train(model):
    """Compile and fit a head."""
    model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    model.fit(features, train_labels, epochs=EPOCHS, batch_size=16, verbose=0)
    return model


plain = train(with_head("plain"))
