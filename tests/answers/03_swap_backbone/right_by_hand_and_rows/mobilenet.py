def prepare_mobilenet_v2(images):
    """Scale 0 to 255 to -1 to 1."""
    return images / np.float32(127.5) - np.float32(1)


base_mobilenet_v2.trainable = False
features = by_twenty(base_mobilenet_v2, prepare_mobilenet_v2(train_images))
pool, output = keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, "softmax")
learner = keras.Sequential([keras.layers.InputLayer(shape=(2, 2, 1280)), pool, output])
learner.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
learner.optimizer.learning_rate = 3e-3
learner.fit(features, one_hot, batch_size=20, epochs=EPOCHS, verbose=0)
model_mobilenet_v2 = keras.Sequential([base_mobilenet_v2, pool, output])
