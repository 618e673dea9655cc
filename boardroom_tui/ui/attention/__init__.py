"""How the program calls for the user when something concerns them."""
