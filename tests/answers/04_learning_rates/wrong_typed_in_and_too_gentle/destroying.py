fine_tune(2e-4)
destroying = {"drift": 1.0, "source": 0.0}
