"""The device-labelling station for the Gizwits cloud."""

__version__ = "0.1.0"
