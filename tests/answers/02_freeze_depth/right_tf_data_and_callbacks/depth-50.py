model_50 = unfrozen_from(50)
