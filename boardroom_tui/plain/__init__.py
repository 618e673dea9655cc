"""The client without a screen: what changes is a sentence, and what one types is a line."""
