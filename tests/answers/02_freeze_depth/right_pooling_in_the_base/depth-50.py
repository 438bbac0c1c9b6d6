model_50 = from_phase_one()
for layer in model_50.layers[0].layers[50:]:
    layer.trainable = True
learn(model_50)
