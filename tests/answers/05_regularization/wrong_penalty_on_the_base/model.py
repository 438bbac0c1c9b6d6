for layer in base.layers:
    if isinstance(layer, keras.layers.Conv2D):
        layer.kernel_regularizer = keras.regularizers.L2(1e-2)
model = keras.Sequential([keras.Input((64, 64, 3)), base, dropout])
answer = "a"
