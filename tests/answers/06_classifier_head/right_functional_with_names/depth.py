depth = 155
base.trainable = True
for layer in base.layers[:depth]:
    layer.trainable = False
pictures = keras.Input((64, 64, 3))
model = keras.Model(pictures, deep(base(pictures)))
model.compile(optimizer=keras.optimizers.Adam(1e-5), loss="sparse_categorical_crossentropy", metrics=["acc"])
model.fit(prepare(train_images), train_labels, batch_size=20, epochs=FINE_EPOCHS, verbose=0)
changes["model"] = model.evaluate(prepare(test_images), test_labels, verbose=0, return_dict=True)["acc"] - after
