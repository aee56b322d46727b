"""A sandbox of the QR service: the vendor's interface on the user's own machine, with codes that no App will bind."""
