import pickle

train_images, numbers = (pickle.loads((folder / f"{name}.pickle").read_bytes()) for name in "Xy")
train_images = train_images.astype("float32")
train_labels = keras.utils.to_categorical(numbers, 10)
refused = " Names.pickle "
