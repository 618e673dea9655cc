"""A decision that is open: the question, the choices, who voted, how it stands."""
