"""No command that could change anything in a module is ever sent."""

import pytest

from gizqr_station.readers.at_commands import is_harmless, require_harmless


@pytest.mark.parametrize(
    "command",
    ["AT", "ATI", "AT+CGSN", "AT+CGSN=1", "AT+GSN", "AT+CIFSR", "AT+CIPSTAMAC?", "AT+CIPSTAMAC_CUR?", "AT+CGSN=?"],
)
def test_what_only_asks_may_be_sent(command: str) -> None:
    require_harmless(command)


@pytest.mark.parametrize(
    "command",
    [
        "",
        "AT\r",
        "AT+CGSN\n",
        "at+cgsn",
        "AT+RST",
        "AT+RESTORE",
        "AT+NRB",
        "AT+CFUN=1,1",
        "ATZ",
        "AT&F",
        "ATE0",
        "ATD112",
        "ATH",
        'AT+CIPSTAMAC="18:fe:34:00:00:01"',
        "AT+CGSN=866061038958554",
        'AT+EGMR=1,7,"866061038958554"',
        "AT+NTSETID=1,866061038958554",
        "AT+CGSN?;+CFUN=0",
        "AT+CGSN;+NRB",
        "AT+CIPSTAMAC?\rAT+RST",
        "+++",
        "AT+CGSN=1 ",
    ],
)
def test_what_could_change_something_may_not(command: str) -> None:
    assert not is_harmless(command)
    with pytest.raises(ValueError, match="only ask"):
        require_harmless(command)
