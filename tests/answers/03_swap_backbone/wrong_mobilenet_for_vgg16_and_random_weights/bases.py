base_vgg16 = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
base_mobilenet_v2 = keras.applications.MobileNetV2(weights=None, include_top=False, input_shape=(64, 64, 3))
