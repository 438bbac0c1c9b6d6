dropout = head(keras.layers.Dropout(0.5))
