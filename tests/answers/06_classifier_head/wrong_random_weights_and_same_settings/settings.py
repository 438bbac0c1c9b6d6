settings["tuned"] = dict(settings["deep"])
tuned = head(256, 128, 64, rate=0.1)
changes["tuned"] = train(tuned, **settings["tuned"]) - accuracies["deep"]
