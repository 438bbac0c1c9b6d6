counts = {}
for name, depth in {"50": 50, "100": 100, "150": 150, "conv5": 143}.items():
    learning = [layer for layer in base.layers[depth:] if layer.weights]
    counts[name] = sum(
        int(np.prod(weight.shape)) for layer in learning for weight in layer.weights if "moving" not in weight.name
    )
cut = "C"
