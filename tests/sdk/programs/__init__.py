"""Programs that a person would write, with what the library offers and nothing else."""
