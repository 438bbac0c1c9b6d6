def assembled(network):
    """Return a model that takes raw images."""
    inputs = keras.Input((64, 64, 3))
    x = network(keras.applications.resnet50.preprocess_input(inputs))
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(inputs, keras.layers.Dense(10, activation="softmax", name="probabilities")(x))


model = assembled(base)
model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
for _ in range(EPOCHS):
    for start in range(0, len(train_labels), 20):
        model.train_on_batch(train_images[start : start + 20].astype("float32"), train_labels[start : start + 20])
