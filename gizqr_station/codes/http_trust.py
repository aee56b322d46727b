"""Whom the station believes over https: the certificates of this machine, or only those of the company's own file."""

import ssl
from pathlib import Path

# Numbers of OpenSSL's X509_V_ERR_… (its manual page X509_STORE_CTX_get_error); the texts of others come from OpenSSL.
_REASONS = {
    9: "not yet valid",
    10: "expired",
    18: "unknown issuer",
    19: "unknown issuer",
    20: "unknown issuer",
    21: "unknown issuer",
    62: "made for another host",
    64: "made for another host",
}


def trusted_certificates(ca_file: Path | None = None) -> ssl.SSLContext:
    """What a connection is checked against; with a file, nothing but what stands in it is trusted.

    ValueError, with a reason, for a file that is missing, cannot be read, or holds no certificate.
    """
    # Not create_default_context: that one writes the keys of each connection to a file when SSLKEYLOGFILE says so.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if ca_file is None:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(cafile=ca_file)
    except FileNotFoundError as missing:
        raise ValueError(f"there is no file {ca_file.name}") from missing
    except ssl.SSLError as wrong:
        raise ValueError(f"no PEM certificate in {ca_file.name}") from wrong
    except OSError as denied:
        raise ValueError(f"{ca_file.name} cannot be read") from denied
    # A company may hand out the certificate that signs its servers without the root above it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def no_certificates() -> ssl.SSLContext:
    """For plain HTTP, which needs none: loading the machine's takes 40 ms. Nothing is trusted."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def why_refused(wrong: ssl.SSLCertVerificationError) -> str:
    """Why a certificate was refused, in a few words."""
    return _REASONS.get(wrong.verify_code, wrong.verify_message[:60])
