"""A recorded meeting, played again in the terminal client: the screen of a live one, and a bar.

Nothing outside of `cli` imports this.
"""
