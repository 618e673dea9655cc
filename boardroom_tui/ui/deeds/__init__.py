"""What the commands do, once it is found that they can be done."""
