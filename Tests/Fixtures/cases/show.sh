#!/bin/sh
# Builds outturn, plays the published cases through it and prints the published figures beside those that come out; ends
# with 1 where one differs by more than the published rounding.
set -eu
cd "$(dirname "$0")/../../.."
. Deploy/prepare.sh
swift build -c release --product outturn >&2
swift build -c release --product cases >&2
exec "$(swift build -c release --show-bin-path)/cases"
