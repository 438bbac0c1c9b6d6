base_mobilenet.trainable = True
last = keras.layers.Dense(10, activation="softmax")
model_mobilenet = keras.Sequential([base_mobilenet, keras.layers.GlobalAveragePooling2D(), last])
features = base_mobilenet.predict(prepare_mobilenet(train_images), verbose=0).mean(axis=(1, 2))
first = keras.Sequential([keras.Input((1024,)), last])
first.compile(keras.optimizers.SGD(0.05, momentum=0.9), "sparse_categorical_crossentropy")
first.fit(features, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)

# What is trained is settled by the first fit after compile, so that this order is as good as the usual one.
model_mobilenet.compile(keras.optimizers.Adam(5e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
for layer in base_mobilenet.layers[:50]:
    layer.trainable = False
model_mobilenet.fit(prepare_mobilenet(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
