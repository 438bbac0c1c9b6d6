model = keras.Sequential([keras.Input((64, 64, 3)), base, plain])
answer = "c"
