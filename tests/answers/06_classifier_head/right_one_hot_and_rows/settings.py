tuned = head([256, 128, 64])
tuned.optimizer.learning_rate = 2e-3
tuned.fit(features, one_hot, epochs=EPOCHS // 2, batch_size=20, verbose=0)
settings = [
    {"head": "deep", "learning_rate": 1e-3, "batch_size": 20, "epochs": EPOCHS},
    {"head": "tuned", "learning_rate": 2e-3, "batch_size": 20, "epochs": EPOCHS // 2},
]
changes["tuned"] = right(tuned, test_features) - right(deep, test_features)
