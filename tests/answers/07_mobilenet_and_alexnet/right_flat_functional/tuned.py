pooled = keras.layers.GlobalAveragePooling2D(name="mean_of_the_map")(base_mobilenet.output)
model_mobilenet = keras.Model(base_mobilenet.input, keras.layers.Dense(10, activation="softmax")(pooled))
means = keras.Model(base_mobilenet.input, pooled).predict(prepare_mobilenet(train_images), verbose=0)
top_layer = keras.Sequential([keras.Input((1024,)), model_mobilenet.layers[-1]])
top_layer.compile("adam", "sparse_categorical_crossentropy")
top_layer.optimizer.learning_rate = 0.01
top_layer.fit(means, train_labels, epochs=EPOCHS, batch_size=20, verbose=0)

# In a flat model the base's layers come first, so that the outer list counts them rightly.
for number, layer in enumerate(model_mobilenet.layers):
    layer.trainable = number >= 50
model_mobilenet.compile(keras.optimizers.RMSprop(3e-5), keras.losses.SparseCategoricalCrossentropy())
model_mobilenet.fit(prepare_mobilenet(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
