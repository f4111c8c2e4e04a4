#!/bin/sh
# Looks with libFuzzer for what makes the rule tools trap, hang or say a thing in the wrong place.
#
#   sh Tests/Fuzz/run.sh                   a minute each: rules, tests (blocks of them) and json (rules as JSON)
#   sh Tests/Fuzz/run.sh 600 rules         ten minutes of one
#   sh Tests/Fuzz/run.sh 0 json FILE       only what is in this file, as one that was found is run again
#
# What it finds is kept in .build/fuzz/found, with what it has learnt (.build/fuzz/TARGET) for the next run.
set -eu
cd "$(dirname "$0")/../.."
case " $* " in *" -h "* | *" --help "*) sed -n '2,8s/^# \{0,1\}//p' Tests/Fuzz/run.sh; exit 0 ;; esac
seconds=${1:-60}
targets=${2:-rules tests json}
home=$PWD/.build/fuzz
mkdir -p "$home/found"

OUTTURN_FUZZER=1 swift build -c release --product fuzzer --sanitize fuzzer --scratch-path "$home/build" >&2
fuzzer=$home/build/release/fuzzer
for target in $targets; do
  export OUTTURN_FUZZ_TARGET="$target"
  if [ $# -gt 2 ]; then exec "$fuzzer" "$3"; fi
  mkdir -p "$home/$target" "$home/$target-seeds"
  # A single input may take 5 s: far more than any needs, and less than a person waits.
  OUTTURN_FUZZ_SEEDS=$home/$target-seeds "$fuzzer" -runs=0 >/dev/null 2>&1
  "$fuzzer" -max_total_time="$seconds" -max_len=60000 -timeout=5 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$home/found/$target-" "$home/$target" "$home/$target-seeds"
done
