# Not done.
