def batches(size):
    """Yield shuffled batches of prepared images, for ever."""
    order = np.random.default_rng(SEED)
    while True:
        chosen = order.permutation(len(train_labels))[:size]
        yield prepare(train_images[chosen]), train_labels[chosen]


model.compile(optimizer="nadam", loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(batches(20), steps_per_epoch=len(train_labels) // 20, epochs=EPOCHS, verbose=0)
