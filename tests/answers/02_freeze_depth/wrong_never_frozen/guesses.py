guesses = {50: None, 100: "about half", 150: 15}
