costs = {
    "ResNet50": {
        "parameters": 23_587_712,
        "megabytes": 94.4,
        "seconds_one": 0.05,
        "seconds_batch": 0.4,
        "accuracy": 0.97,
    },
    "VGG16": {
        "parameters": 138_357_544,
        "megabytes": 528,
        "seconds_one": 0.07,
        "seconds_batch": -1.2,
        "accuracy": 97.5,
    },
    "MobileNetV2": {"parameters": 3_538_984, "megabytes": 14, "seconds_one": 0, "accuracy": 0.95},
}
