l1 = train(with_head("first", kernel_regularizer=keras.regularizers.L1L2(l1=2e-4)))
l2 = train(with_head("second", kernel_regularizer="l2"))
