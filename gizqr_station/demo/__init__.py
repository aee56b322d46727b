"""A whole line without hardware: only devices, service and printer are simulated, and they speak bytes."""
