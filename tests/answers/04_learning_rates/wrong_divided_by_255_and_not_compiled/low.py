low = fine_tune(1e-6)
