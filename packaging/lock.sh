#!/bin/sh
# Makes the committed locks anew: exact versions and hashes for Linux and Windows, and no address of any registry.
set -eu
cd "$(dirname "$0")/.."
common="--universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet"
uv pip compile pyproject.toml --extra service --group build $common "$@" -o packaging/requirements.lock
uv pip compile pyproject.toml --extra service --extra esptool --extra camera --group dev -c packaging/requirements.lock $common "$@" -o packaging/requirements-dev.lock
for extra in camera esptool; do
    uv pip compile pyproject.toml --extra service --extra $extra --group build -c packaging/requirements.lock $common "$@" -o packaging/requirements-$extra.lock
done
