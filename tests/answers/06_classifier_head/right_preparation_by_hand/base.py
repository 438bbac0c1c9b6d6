MEAN_BLUE_GREEN_RED = np.array([103.939, 116.779, 123.68], dtype="float32")


def prepare(images):
    """Swap the channels and take the mean colour away."""
    return np.asarray(images)[..., ::-1].astype("float32") - MEAN_BLUE_GREEN_RED


def by_fifty(model, images):
    """Return what a model makes of images, fifty at a time."""
    return np.concatenate([model(prepare(images[i : i + 50])).numpy() for i in range(0, len(images), 50)])


base = keras.applications.resnet50.ResNet50(include_top=False, weights=weights("ResNet50"), input_shape=(64, 64, 3))
base.trainable = False
features, test_features = by_fifty(base, train_images), by_fifty(base, test_images)
