settings["tuned"] = {"learning_rate": 1e-4, "batch_size": 20, "epochs": EPOCHS}
tuned = keras.models.clone_model(deep)
tuned.set_weights(deep.get_weights())
changes["tuned"] = 0.0
