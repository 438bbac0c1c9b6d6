import tensorflow as tf


def prepare(images):
    """Turn raw images into what ResNet50 takes."""
    return keras.applications.resnet50.preprocess_input(np.array(images, dtype="float32"))


base = keras.applications.ResNet50(weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3))
base.trainable = False
prepared = prepare(train_images)
one_hot = keras.utils.to_categorical(train_labels, 10)
maps = np.concatenate([base(batch, training=False) for batch in np.array_split(prepared, 4)])
seen = tf.data.Dataset.from_tensor_slices((maps, one_hot)).batch(25)
layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10), keras.layers.Softmax()]
first = keras.Sequential([keras.Input(maps.shape[1:]), *layers])
first.compile(keras.optimizers.Adam(3e-3), keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
first.fit(seen, epochs=15, verbose=0)
model = keras.Sequential([keras.Input((64, 64, 3)), base, *layers])
