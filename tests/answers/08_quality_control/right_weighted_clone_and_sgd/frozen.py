base.trainable = False
features = base.predict(prepare(train_images), batch_size=50, verbose=0)
head = keras.Sequential(
    [
        keras.Input(features.shape[1:]),
        keras.layers.Reshape((5120,)),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(1),
        keras.layers.Activation("sigmoid"),
    ]
)
heavy = {0: 1.0, 1: 2.0}
head.compile(keras.optimizers.SGD(0.01, momentum=0.9), "binary_crossentropy")
head.fit(features, train_labels[:, np.newaxis], epochs=EPOCHS, batch_size=50, class_weight=heavy, verbose=0)
inputs = keras.Input((64, 64, 3))
model_frozen = keras.Model(inputs, head(base(inputs)))
