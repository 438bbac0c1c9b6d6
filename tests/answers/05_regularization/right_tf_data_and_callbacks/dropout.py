dropout = stack(rate=0.5)
