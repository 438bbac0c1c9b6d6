report = {name: {"precision": 0.97, "recall": 0.97} for name in names}
