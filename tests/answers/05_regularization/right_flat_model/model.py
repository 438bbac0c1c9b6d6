x = base.output
for layer in plain.layers:
    if not isinstance(layer, keras.layers.InputLayer):
        x = layer(x)
model = keras.Model(base.input, x)
answer = "b"
