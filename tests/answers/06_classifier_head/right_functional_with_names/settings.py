tuned = with_head("tuned", 256, 128, 64)
changes["tuned"] = fitted(tuned, 5e-4, 20, EPOCHS) - after
settings = {
    "deep": {"learning_rate": 1e-3, "batch_size": 20, "epochs": EPOCHS},
    "tuned": {"learning_rate": 5e-4, "batch_size": 20, "epochs": EPOCHS},
}
