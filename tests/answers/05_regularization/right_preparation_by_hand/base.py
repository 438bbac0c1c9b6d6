MEAN_BLUE_GREEN_RED = np.array([103.939, 116.779, 123.68], dtype="float32")


def prepare(images):
    """Swap the channels and take the mean colour away."""
    return np.asarray(images)[..., ::-1].astype("float32") - MEAN_BLUE_GREEN_RED


base = keras.applications.vgg16.VGG16(include_top=False, weights=weights("VGG16"), input_shape=(64, 64, 3))
for layer in base.layers:
    layer.trainable = False
features = np.concatenate([base(prepare(train_images[i : i + 50])).numpy() for i in range(0, len(train_images), 50)])
