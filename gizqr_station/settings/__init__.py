"""What a station can be told: the settings as typed data, their TOML file, and secrets by reference."""
