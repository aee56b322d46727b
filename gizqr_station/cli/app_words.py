"""What the App makes of a code, in words for the command line."""

from collections.abc import Iterator

from gizqr_station.domain.app_reading import AppBinds, AppReading
from gizqr_station.domain.product import Product

_BINDS = {
    AppBinds.SHARE: "The App takes it as a sharing invitation, not as a device.",
    AppBinds.OWN_APP: "The Gizwits App cannot bind this. It is what this product's own App reads.",
    AppBinds.NOTHING: "The App cannot bind this: the Gizwits service did not issue it.",
}
_IMEI_LENGTH = 15


def app_lines(reading: AppReading, product: Product | None) -> Iterator[str]:
    """One sentence for what the App does, and one for each reason why that is not what this station labels."""
    match reading.binds:
        case AppBinds.BY_CONTENT:
            named = "an IMEI" if reading.anatomy.identity_length == _IMEI_LENGTH else "a MAC"
            yield f"The App binds it if the Gizwits service issued it: its form is right, for {named}."
        case AppBinds.BY_LINK:
            key = dict(reading.link)["product_key"]
            yield f"The App binds it by did and passcode, product {key or 'missing'}."
        case other:
            yield _BINDS[other]
    if reading.parts_missing:
        yield f"It cannot succeed: {', '.join(reading.parts_missing)} is empty or not clear."
    if reading.other_product and product is not None:
        yield f"This station labels another product: {product.name}, {product.key}."


def app_document(reading: AppReading) -> dict[str, object]:
    """The same for a script; the passcode stands in the content alone."""
    link = {name: value for name, value in reading.link if name != "passcode"}
    return {
        "kind": reading.anatomy.kind.value,
        "identity_length": reading.anatomy.identity_length,
        "well_formed": reading.anatomy.well_formed,
        "binds": reading.binds.value,
        "link": link or None,
        "other_product": reading.other_product,
        "parts_missing": list(reading.parts_missing),
    }
