"""A certificate authority for a test: its keys live as long as the test's folder."""

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_LIFE = datetime.timedelta(minutes=2)


@dataclass(frozen=True)
class Authority:
    """A CA with its certificate in a PEM file."""

    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def ca_file(self) -> Path:
        return self.folder / f"{self.name}.pem"

    def server_context(
        self, host: str = "127.0.0.1", *, begins: datetime.timedelta = -_LIFE, ends: datetime.timedelta = _LIFE
    ) -> ssl.SSLContext:
        """TLS for a server that is called ``host``; times are counted from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            _begun(host, begins, ends)
            .issuer_name(self.certificate.subject)
            .public_key(key.public_key())
            .add_extension(x509.SubjectAlternativeName([_general(host)]), critical=False)
            .sign(self.key, hashes.SHA256())
        )
        path = self.folder / f"{self.name} {certificate.serial_number}.pem"
        path.write_bytes(_pem(certificate) + _private(key))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def new_authority(folder: Path, name: str) -> Authority:
    """A fresh one."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begun(name, -_LIFE, _LIFE)
        .issuer_name(_called(name))
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    authority = Authority(folder, name, key, certificate)
    authority.ca_file.write_bytes(_pem(certificate))
    return authority


def _begun(name: str, begins: datetime.timedelta, ends: datetime.timedelta) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_called(name))
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
