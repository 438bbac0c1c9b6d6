base_alexnet.trainable = False
inputs = keras.Input((64, 64, 3))
maps = base_alexnet(data.alexnet.preprocess_input(inputs))
outputs = keras.layers.Reshape((256,))(maps)
for layer in (keras.layers.Dense(256), keras.layers.ReLU(), keras.layers.Dropout(0.5), keras.layers.Dense(10)):
    outputs = layer(outputs)
model_alexnet = keras.Model(inputs, keras.layers.Activation("softmax")(outputs))
model_alexnet.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_alexnet.fit(prepare_alexnet(train_images), train_labels, epochs=EPOCHS, batch_size=20, verbose=0)
