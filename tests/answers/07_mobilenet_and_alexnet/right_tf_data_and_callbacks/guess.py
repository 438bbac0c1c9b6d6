guess = 82.5
