"""Why a setting cannot be used."""

from dataclasses import dataclass

from gizqr_station.domain.failures import SettingsFailure


@dataclass(eq=False)
class SettingUnknown(SettingsFailure):
    """No setting has this name; the nearest one is suggested where there is one."""

    code = "E-SET-01"
    file: str
    key: str
    suggestion: str


@dataclass(eq=False)
class SettingInvalid(SettingsFailure):
    """A setting's value cannot be used."""

    code = "E-SET-02"
    file: str
    key: str
    reason: str


@dataclass(eq=False)
class SettingsUnreadable(SettingsFailure):
    """The settings file is not TOML, or cannot be read."""

    code = "E-SET-03"
    file: str
    reason: str


@dataclass(eq=False)
class SecretMissing(SettingsFailure):
    """The settings name a secret that is nowhere to be found."""

    code = "E-SET-04"
    name: str


@dataclass(eq=False)
class SecretExposed(SettingsFailure):
    """A file with a secret can be read by other users of this machine."""

    code = "E-SET-05"
    file: str


@dataclass(eq=False)
class SettingMissing(SettingsFailure):
    """A setting that has no default and was not filled in."""

    code = "E-SET-06"
    file: str
    key: str
