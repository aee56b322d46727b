"""What can be trusted and what keeps secrets: signed checkpoints and hashed PINs."""
