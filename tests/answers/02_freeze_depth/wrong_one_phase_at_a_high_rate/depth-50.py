model_50 = keras.models.clone_model(model)
model_50.set_weights(model.get_weights())
