model_100 = model
model_100.get_layer(base.name).trainable = True
for layer in model_100.get_layer(base.name).layers[:100]:
    layer.trainable = False
model_100.fit(prepare(train_images), train_labels, epochs=FINE_EPOCHS, batch_size=20, verbose=0)
recompile = "c"
