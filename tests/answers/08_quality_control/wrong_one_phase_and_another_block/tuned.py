model_tuned = model_frozen
