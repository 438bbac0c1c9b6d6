prepare_mobilenet_v2 = prepare_vgg16
model_mobilenet_v2 = fitted(keras.layers.Rescaling(1 / 127.5, offset=-1), base_mobilenet_v2)
