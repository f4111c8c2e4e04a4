#!/bin/sh
# Builds everything once, in release, and runs all tests.
set -eu
cd "$(dirname "$0")/.."
. Deploy/prepare.sh
if command -v dpkg-query >/dev/null 2>&1; then
  # What only tests use: certificates for TLS, the JSON Schema check, failing disks, the systemd unit, privilege dropping.
  install_missing openssl python3 strace systemd util-linux
fi

swift build -c release --build-tests --explicit-target-dependency-import-check error
swift test -c release --skip-build "$@"
