model_150 = from_phase_one()
for layer in model_150.layers[0].layers[150:]:
    layer.trainable = True
learn(model_150)
