settings["tuned"] = {"learning_rate": 1e-3, "batch_size": 20, "epochs": EPOCHS // 2}
tuned = head(256, 128, 64, rate=0.1)
changes["tuned"] = train(tuned, **settings["tuned"]) - accuracies["deep"]
