counts = {depth: sum(layer.count_params() for layer in base.layers[depth:]) for depth in (50, 100, 150)}
counts["conv5"] = 14_976_000
cut = "b"
