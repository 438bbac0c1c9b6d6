waiting_for = "the loss to fall"
while waiting_for:
    pass
