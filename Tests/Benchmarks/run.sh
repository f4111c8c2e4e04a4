#!/bin/sh
# Times outturn beside DuckDB, sqlite3 and numpy on a drop of ten million rows, and checks that all give the same answers.
#
#   sh Tests/Benchmarks/run.sh             all parts, about fifteen minutes; needs 4 GB of disk and 2 GB of memory
#   sh Tests/Benchmarks/run.sh a c         only these: a drop to ledger, b a thousand rules, c one return, d memory,
#                                          e checking a thousand rules, f a replay of five thousand,
#                                          g a change of a thousand in an editor
#   sh Tests/Benchmarks/run.sh --quick     a twentieth of the rows: whether it works, not how fast it is
#   sh Tests/Benchmarks/run.sh --keep      leaves the drop and the ledgers for a closer look
set -eu
cd "$(dirname "$0")/../.."
case " $* " in *" -h "* | *" --help "*) sed -n '2,10s/^# \{0,1\}//p' Tests/Benchmarks/run.sh; exit 0 ;; esac
. Deploy/prepare.sh
if command -v dpkg-query >/dev/null 2>&1; then install_missing sqlite3 python3 python3-venv; fi

home=$PWD/.build/benchmarks
mkdir -p "$home"
if ! "$home/python/bin/python" -c 'import duckdb, numpy' 2>/dev/null; then
  say "Setting up DuckDB and numpy in $home/python …"
  python3 -m venv "$home/python"
  "$home/python/bin/pip" install --quiet --disable-pip-version-check duckdb numpy
fi
say "Building (the first time takes some minutes) …"
swift build -c release --product outturn --explicit-target-dependency-import-check error >&2
swift build -c release --product Benchmarks --explicit-target-dependency-import-check error >&2
say "Working in $home/work"
export PYTHONDONTWRITEBYTECODE=1
exec "$home/python/bin/python" Tests/Benchmarks/harness/run.py --work "$home/work" --build "$PWD/.build/release" "$@"
