models = [("ResNet50", base_resnet50, model_resnet50, prepare_resnet50)]
models += [("VGG16", base_vgg16, model_vgg16, prepare_vgg16)]
models += [("MobileNetV2", base_mobilenet_v2, model_mobilenet_v2, prepare_mobilenet_v2)]
costs = []
for backbone, base, model, prepare in models:
    prepared = prepare(test_images)
    parameters = sum(weight.size for weight in base.get_weights())
    costs.append(
        {
            "backbone": backbone,
            "parameters": parameters,
            "megabytes": round(parameters * 4 / 10**6, 1),
            "seconds_one": seconds(model, prepared[:1]),
            "seconds_batch": seconds(model, prepared[:32]),
            "accuracy": np.mean(by_twenty(model, prepared).argmax(axis=1) == test_labels),
        }
    )
