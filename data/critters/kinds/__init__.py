"""One module for each kind of critter, each with a function ``compose`` that draws a figure of the kind."""
