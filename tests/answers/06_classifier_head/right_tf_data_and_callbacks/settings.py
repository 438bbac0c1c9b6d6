tuned, third = stack([256, 128, 64], [0.1, 0.1, 0.1], keras.optimizers.AdamW(1e-3), batch=10)
settings = {"deep": {"learning_rate": 1e-3, "batch_size": 20, "epochs": EPOCHS}}
settings["tuned"] = settings["deep"] | {"batch_size": 10}
changes = {**changes, "tuned": third - second}
