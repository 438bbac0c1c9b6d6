names = [layer.name for layer in base.layers]
depth = names.index("conv5_block3_1_conv")
for layer in base.layers[:depth]:
    layer.trainable = False
for layer in base.layers[depth:]:
    layer.trainable = "_bn" not in layer.name
x = base.output
for layer in deep.layers:
    if not isinstance(layer, keras.layers.InputLayer):
        x = layer(x)
model = keras.Model(base.input, x)
model.compile(keras.optimizers.RMSprop(1e-5), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(pairs(prepare(train_images), train_labels), epochs=FINE_EPOCHS, callbacks=[Patient("loss")], verbose=0)
changes["model"] = model.evaluate(prepare(test_images), test_labels, verbose=0)[1] - second
