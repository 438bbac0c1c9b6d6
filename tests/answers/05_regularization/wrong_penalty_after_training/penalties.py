l1, l2 = head(penalty=keras.regularizers.L1(1e-4)), head(penalty=keras.regularizers.L2(1e-2))
l1.set_weights(plain.get_weights())
l2.set_weights(plain.get_weights())
