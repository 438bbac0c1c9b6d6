answer = " B "
