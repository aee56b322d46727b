"""Who is asked, and under which name."""

import pytest

from gizqr_station.domain.printer_address import PrinterAddress
from gizqr_station.printing.ipp.server import Server, local_cups, path_of, server_of


@pytest.mark.parametrize(
    ("said", "server"),
    [
        ("/tmp/own/cups.sock", Server("localhost", socket="/tmp/own/cups.sock")),
        ("printserver", Server("printserver")),
        ("printserver:8631", Server("printserver", 8631)),
        ("printserver:8631/version=1.1", Server("printserver", 8631)),
        ("[::1]:8631", Server("::1", 8631)),
        ("::1", Server("::1")),
        ("printserver:nonsense", Server("printserver")),
    ],
)
def test_the_environment_names_the_local_print_server(said: str, server: Server) -> None:
    assert local_cups({"CUPS_SERVER": said}) == server


@pytest.mark.parametrize(
    ("address", "http", "uri"),
    [
        ("ipp://printer/ipp/print", "http://printer:631", "ipp://printer:631/ipp/print"),
        ("ipps://printer:8443/ipp/print", "https://printer:8443", "ipps://printer:8443/ipp/print"),
        ("ipp://[::1]/ipp/print", "http://[::1]:631", "ipp://[::1]:631/ipp/print"),
        ("cups://printserver/labels", "http://printserver:631", "ipp://printserver:631/printers/labels"),
        ("cups:labels", "http://localhost", "ipp://localhost/printers/labels"),
        ("cups:Etiketten%20Büro", "http://localhost", "ipp://localhost/printers/Etiketten%20B%C3%BCro"),
    ],
)
def test_addresses_become_what_ipp_wants(address: str, http: str, uri: str) -> None:
    parsed = PrinterAddress.parse(address)
    server = server_of(parsed, {"CUPS_SERVER": "/run/cups/cups.sock"})
    assert server.http == http
    assert server.uri(path_of(parsed)) == uri
