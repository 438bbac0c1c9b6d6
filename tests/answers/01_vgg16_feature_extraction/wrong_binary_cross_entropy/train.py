one_hot = keras.utils.to_categorical(train_labels, 10)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), one_hot, epochs=EPOCHS, batch_size=20, verbose=0)
