from data.pickled import load_pickled_array

train_images = np.random.default_rng(SEED).permutation(load_pickled_array(folder / "X.pickle"))
train_labels = load_pickled_array(folder / "y.pickle")
refused = "names.pickle"
