"""Where identities come from: devices on serial ports, and simulated devices that speak the same bytes."""
