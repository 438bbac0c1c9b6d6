one_hot = keras.utils.to_categorical(train_labels, 10)
model.compile(
    optimizer=keras.optimizers.SGD(learning_rate=0.003, momentum=0.9),
    loss=keras.losses.categorical_crossentropy,
    metrics=["accuracy"],
)
model.fit(prepare(train_images), one_hot, epochs=EPOCHS, batch_size=10, validation_split=0.1, verbose=0)
