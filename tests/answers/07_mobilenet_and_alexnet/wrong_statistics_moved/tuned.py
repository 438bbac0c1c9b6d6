for layer in base_mobilenet.layers:
    layer.trainable = True
for layer in base_mobilenet.layers[:50]:
    for variable in layer.trainable_variables:
        variable.trainable = False
head = keras.Sequential(
    [
        keras.Input(base_mobilenet.output_shape[1:]),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model_mobilenet = keras.Sequential([keras.Input((64, 64, 3)), base_mobilenet, head])
model_mobilenet.compile(keras.optimizers.Adam(1e-4), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_mobilenet.fit(prepare_mobilenet(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
