model_150 = made[150]
