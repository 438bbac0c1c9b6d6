one_hot = keras.utils.to_categorical(train_labels, 10)
model = keras.Sequential([base, keras.layers.Dense(10, "softmax", name="ten_kinds")], name="first_phase")
model.compile(keras.optimizers.SGD(0.05, momentum=0.9), "categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), one_hot, epochs=EPOCHS, batch_size=20, verbose=0)
