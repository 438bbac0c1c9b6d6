counts = {"trainable": sum(layer.count_params() for layer in base_mobilenet.layers[50:])}
counts["frozen"] = base_mobilenet.count_params() - counts["trainable"]
outer = "c"
