def prepare(images):
    """Turn raw images, values 0 to 255, into what ResNet50 takes."""
    return keras.applications.resnet50.preprocess_input(images.astype("float32"))


base = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(64, 64, 3))
features = base.predict(prepare(train_images), verbose=0)
test_features = base.predict(prepare(test_images), verbose=0)
