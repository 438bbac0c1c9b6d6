def to_one(images):
    """Scale 0 to 255 to -1 to 1."""
    return images / 127.5 - 1


base_mobilenet.trainable = False
features = base_mobilenet.predict(to_one(prepare_mobilenet(train_images)), verbose=0)
last = keras.Sequential([keras.layers.GlobalAvgPool2D(), keras.layers.Dense(10), keras.layers.Softmax()])
last.compile("nadam", "sparse_categorical_crossentropy", metrics=["accuracy"])
last.optimizer.learning_rate = 3e-3
last.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)

base_mobilenet.trainable = True
for layer in base_mobilenet.layers[:50]:
    layer.trainable = False
inputs = keras.Input((64, 64, 3))
scaled = keras.layers.Rescaling(1 / 127.5, offset=-1)(inputs)
model_mobilenet = keras.Model(inputs, last(base_mobilenet(scaled)))
model_mobilenet.compile(keras.optimizers.AdamW(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_mobilenet.fit(prepare_mobilenet(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=16, verbose=0)
