MEAN_BLUE_GREEN_RED = np.array([103.939, 116.779, 123.68], dtype="float32")


def prepare(images):
    """Swap the channels and take the mean colour away."""
    return np.asarray(images)[..., ::-1].astype("float32") - MEAN_BLUE_GREEN_RED


base = keras.applications.ResNet50(
    include_top=False, weights=weights("ResNet50"), input_shape=(64, 64, 3), pooling="avg"
)
for layer in base.layers:
    layer.trainable = False
prepared = prepare(train_images)
kinds = keras.layers.Dense(10, activation="softmax", name="kinds")
model = keras.Model(base.input, kinds(base.output))
top = keras.Sequential([keras.Input((2048,)), kinds])
top.compile("adam", "sparse_categorical_crossentropy")
top.fit(base.predict(prepared, verbose=0), train_labels, epochs=30, batch_size=25, verbose=0)
