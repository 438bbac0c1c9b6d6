settings = {"include_top": False, "input_shape": (64, 64, 3), "pooling": "avg"}
base_vgg16 = keras.applications.vgg16.VGG16(weights=weights("VGG16"), **settings)
base_mobilenet_v2 = keras.applications.mobilenet_v2.MobileNetV2(weights=weights("MobileNetV2"), **settings)
