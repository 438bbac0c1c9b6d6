fine_tune(1e-6)
low = {"drift": 0.0001, "source": 0.9}
