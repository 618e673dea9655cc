"""From what the terminal shows to what it is to show, in as few bytes as will do."""
