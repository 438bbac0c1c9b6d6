model_150 = fine_tuned(149)
