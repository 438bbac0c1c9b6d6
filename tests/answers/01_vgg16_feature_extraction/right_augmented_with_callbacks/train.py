class Calm(keras.callbacks.EarlyStopping):
    """Stop when nothing improves."""


model.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.optimizer.learning_rate = 5e-4
model.fit(
    prepare(train_images),
    train_labels,
    epochs=EPOCHS,
    batch_size=20,
    validation_split=0.2,
    callbacks=[Calm(patience=20)],
    verbose=0,
)
