model_50 = made[50]
