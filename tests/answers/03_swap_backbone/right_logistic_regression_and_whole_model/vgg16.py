from sklearn.linear_model import LogisticRegression


def prepare_vgg16(images):
    """Turn raw images, values 0 to 255, into what VGG16 takes."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


def with_regression(base, prepare):
    """Return a frozen base with a head whose weights a logistic regression has found."""
    base.trainable = False
    averages = np.asarray(base(prepare(train_images))).mean(axis=(1, 2))
    found = LogisticRegression(C=100, max_iter=500).fit(averages, train_labels)
    pictures = keras.Input((64, 64, 3), name="pictures")
    output = keras.layers.Dense(10, activation="softmax")
    model = keras.Model(pictures, output(keras.layers.GlobalAveragePooling2D()(base(pictures, training=False))))
    output.set_weights([found.coef_.T, found.intercept_])
    return model


model_vgg16 = with_regression(base_vgg16, prepare_vgg16)
