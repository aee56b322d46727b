"""One sandbox service for the tests that do not mind sharing it."""

from collections.abc import Iterator

import pytest

from tests.service.running import SandboxProcess


@pytest.fixture(scope="session")
def sandbox_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Its base URL."""
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox.url()
