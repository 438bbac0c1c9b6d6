model_tuned = keras.models.clone_model(model_frozen)
model_tuned.set_weights(model_frozen.get_weights())
inner = model_tuned.get_layer(base.name)
inner.trainable = True
opened = False
for layer in inner.layers:
    opened = opened or layer.name.startswith("block6a")
    layer.trainable = opened and not isinstance(layer, keras.layers.BatchNormalization)
model_tuned.compile(keras.optimizers.SGD(1e-4, momentum=0.9), "binary_focal_crossentropy")
model_tuned.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=64, verbose=0)
