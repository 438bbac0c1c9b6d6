base_vgg16 = keras.applications.VGG16(weights=weights("VGG16"), include_top=False, input_shape=(64, 64, 3))
base_mobilenet_v2 = keras.applications.MobileNet(
    weights=weights("MobileNet"), include_top=False, input_shape=(64, 64, 3), name="mobilenetv2_1.00_64"
)
