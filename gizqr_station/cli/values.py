"""What the words of a command line have to be; anything else is wrong usage."""

import argparse
import re

_LONGEST_MM = 1000.0


def positive(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def a_reader(text: str) -> str:
    """A reader's name, as its file is called, or ``auto``."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", text):
        raise argparse.ArgumentTypeError("must be a-z, 0-9 and dashes: `gizqr-station readers` lists them")
    return text


def a_port(text: str) -> int:
    """A TCP port; 0 takes a free one."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError("must be between 0 and 65535")
    return number


def seconds(text: str) -> float:
    """Up to an hour."""
    number = float(text)
    if not 0 < number <= 3600:
        raise argparse.ArgumentTypeError("must be more than 0 and at most 3600")
    return number


def wait_seconds(text: str) -> float:
    """Up to a day; 0 for a wait without end."""
    number = float(text)
    if not 0 <= number <= 86_400:
        raise argparse.ArgumentTypeError("must be 0 or more, and at most 86400")
    return number


def a_size_mm(text: str) -> tuple[float, float]:
    """Width and height, ``62x29``; a width alone is media without end, whose height is 0."""
    width, times, height = text.lower().partition("x")
    try:
        size = float(width), float(height) if times else 0.0
    except ValueError:
        raise argparse.ArgumentTypeError("must be WIDTHxHEIGHT or WIDTH, in millimetres") from None
    if not (0 < size[0] <= _LONGEST_MM and 0 <= size[1] <= _LONGEST_MM):
        raise argparse.ArgumentTypeError(f"must be more than 0 and at most {_LONGEST_MM:g} mm")
    return size
