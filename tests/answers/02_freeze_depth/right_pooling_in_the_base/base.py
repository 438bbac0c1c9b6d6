def prepare(images):
    """Turn raw images into what ResNet50 takes: blue, green, red, less the mean colour."""
    return images[..., ::-1].astype("float32") - np.array([103.939, 116.779, 123.68], "float32")


def borrowed():
    """Return the pretrained base, frozen, with its pooling."""
    found = keras.applications.ResNet50(
        weights=weights("ResNet50"), include_top=False, input_shape=(64, 64, 3), pooling="avg", name="borrowed"
    )
    for layer in found.layers:
        layer.trainable = False
    return found


base = borrowed()
