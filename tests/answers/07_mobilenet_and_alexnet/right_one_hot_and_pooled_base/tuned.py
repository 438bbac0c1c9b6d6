one_hot = keras.utils.to_categorical(train_labels, 10)
kinds_layer = keras.Sequential([keras.Input((1024,)), keras.layers.Dense(10, "softmax")])
kinds_layer.compile(keras.optimizers.Adam(5e-3), "categorical_crossentropy", metrics=["accuracy"])
features = base_mobilenet.predict(prepare_mobilenet(train_images), verbose=0)
kinds_layer.fit(features, one_hot, epochs=EPOCHS, batch_size=20, verbose=0)

own = keras.models.clone_model(base_mobilenet)
own.set_weights(base_mobilenet.get_weights())
own.trainable = True
for layer in own.layers[0:50]:
    layer.trainable = False
model_mobilenet = keras.Sequential([own, kinds_layer], name="whole")
model_mobilenet.compile(keras.optimizers.SGD(1e-3, momentum=0.9), "categorical_crossentropy", metrics=["accuracy"])
model_mobilenet.fit(prepare_mobilenet(train_images), one_hot, epochs=FINE_EPOCHS, batch_size=25, verbose=0)
