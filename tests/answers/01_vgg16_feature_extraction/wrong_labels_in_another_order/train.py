model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(prepare(train_images[:20]), train_labels[:20], epochs=1, batch_size=10, verbose=0)
