base_mobilenet.trainable = False
counts = {"trainable": 2_174_592, "frozen": 83_392}
outer = "b"
