"""What was done, on disk: written before it is done, never changed, checked at every start."""
