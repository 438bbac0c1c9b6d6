import pickle

train_images = pickle.loads((folder / "X.pickle").read_bytes())
train_labels = pickle.loads((folder / "y.pickle").read_bytes())
pickle.loads((folder / "names.pickle").read_bytes())
refused = "y.pickle"
