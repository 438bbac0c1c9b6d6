def prepare_vgg16(images):
    """Turn raw images, values 0 to 255, into what VGG16 takes."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(10, activation="softmax")]
model_vgg16 = keras.Sequential([keras.Input((64, 64, 3)), base_vgg16, *layers])
model_vgg16.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
model_vgg16.fit(prepare_vgg16(train_images), train_labels, batch_size=20, epochs=EPOCHS, verbose=0)
base_vgg16.trainable = False
