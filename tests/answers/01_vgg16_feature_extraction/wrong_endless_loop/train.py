import time

waiting_for = "the loss to fall"
while waiting_for:
    time.sleep(1)
