l1 = head(penalty=keras.regularizers.l1(1e-4))
l2 = head(penalty=keras.regularizers.l2(5e-3))
