pictures = keras.Input((64, 64, 3))
model = keras.Model(pictures, dropout(base(pictures, training=False)))
answer = " B "
