def prepare_vgg16(images):
    """Turn raw images, values 0 to 255, into what VGG16 takes."""
    return keras.applications.vgg16.preprocess_input(images.astype("float32"))


two = train_labels < 2
base_vgg16.trainable = False
features = base_vgg16.predict(prepare_vgg16(train_images[two]), verbose=0)
layers = [keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(2, activation="softmax")]
head = keras.Sequential([keras.Input(features.shape[1:]), *layers])
head.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
head.fit(features, train_labels[two], batch_size=20, epochs=EPOCHS, verbose=0)
model_vgg16 = keras.Sequential([keras.Input((64, 64, 3)), base_vgg16, head])
