l1 = train(head(penalty=keras.regularizers.L2(1e-2)))
l2 = train(head(penalty=keras.regularizers.L1(5e-4)))
