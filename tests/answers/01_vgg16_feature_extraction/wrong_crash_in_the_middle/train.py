model.compile(optimizer=keras.optimizers.Adam(lr=1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images), train_labels, epochs=EPOCHS)
