answers = np.argmax(np.concatenate([model.predict_on_batch(prepare(test_images[k::2])) for k in range(2)]), axis=1)
truth = np.concatenate([test_labels[k::2] for k in range(2)])
report = {}
for kind in range(10):
    hits = np.sum((answers == kind) & (truth == kind))
    report[kind] = {"precision": hits / max(1, np.sum(answers == kind)), "recall": hits / np.sum(truth == kind)}
