l1 = stack(keras.regularizers.L1(1e-4))
l2 = stack(keras.regularizers.L2(0.02))
