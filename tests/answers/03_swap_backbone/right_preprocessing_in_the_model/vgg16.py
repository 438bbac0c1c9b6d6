def prepare_vgg16(images):
    """The model prepares by itself."""
    return np.asarray(images, dtype="float32")


def fitted(front, base):
    """Return front, frozen base and new head as one model; the head has learned from what the first two give."""
    base.trainable = False
    pictures = keras.Input((64, 64, 3))
    before = keras.Model(pictures, base(front(pictures)))
    features = np.asarray(before(train_images.astype("float32")))
    head = keras.Sequential([keras.Input(features.shape[1:]), keras.layers.GlobalAveragePooling2D()])
    head.add(keras.layers.Dense(10))
    head.add(keras.layers.Softmax())
    head.compile(optimizer=keras.optimizers.Adam(5e-3), loss=keras.losses.SparseCategoricalCrossentropy())
    head.fit(features, train_labels, batch_size=20, epochs=EPOCHS, verbose=0)
    return keras.Model(pictures, head(before(pictures)))


model_vgg16 = fitted(keras.applications.vgg16.preprocess_input, base_vgg16)
