settings["tuned"] = {"learning_rate": 1e-3, "batch_size": 10, "epochs": EPOCHS}
tuned = head(256, 128, 64)
accuracies["tuned"] = train(tuned, **settings["tuned"])
changes["tuned"] = 100 * (accuracies["tuned"] - accuracies["deep"])
