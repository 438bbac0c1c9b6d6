x = keras.layers.Flatten()(base_alexnet.output)
x = keras.layers.Dense(256, activation="relu", name="hidden")(x)
x = keras.layers.Dropout(0.2)(x)
model_alexnet = keras.Model(base_alexnet.input, keras.layers.Dense(10, activation="softmax", name="kinds")(x))
for layer in base_alexnet.layers:
    layer.trainable = False
model_alexnet.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_alexnet.fit(prepare_alexnet(train_images), train_labels, epochs=max(2, EPOCHS // 2), batch_size=20, verbose=0)
