guess = "about half"
