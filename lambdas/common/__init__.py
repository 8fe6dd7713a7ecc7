"""What two of the handlers share, and nothing else."""
