total = base_mobilenet.count_params()
counts = {"trainable": 0}
for layer in base_mobilenet.layers[50:]:
    still = ("moving_mean", "moving_variance")
    counts["trainable"] += sum(weight.numpy().size for weight in layer.weights if weight.name not in still)
counts["frozen"] = np.int64(total - counts["trainable"])
outer = " B "
