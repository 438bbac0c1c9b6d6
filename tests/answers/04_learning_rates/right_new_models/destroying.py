destroying = fine_tune(0.03)
