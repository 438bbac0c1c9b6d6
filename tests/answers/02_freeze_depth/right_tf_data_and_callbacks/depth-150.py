model_150 = unfrozen_from(150)
