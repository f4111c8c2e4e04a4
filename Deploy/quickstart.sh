#!/bin/sh
# Builds outturn and shows it at work: a year of sample returns arrives month by month, and the alerts come to this terminal.
#
#   sh Deploy/quickstart.sh          then keeps serving, for files of your own
#   sh Deploy/quickstart.sh --once   ends when everything is delivered
set -eu
cd "$(dirname "$0")/.."
. Deploy/prepare.sh

once=
for argument in "$@"; do
  case $argument in
    --once) once=yes ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) say "Unknown: $argument (there is only --once)"; exit 2 ;;
  esac
done

say "Building (the first time takes some minutes) …"
swift build -c release --product outturn --explicit-target-dependency-import-check error >&2
outturn=$PWD/.build/release/outturn

# Everything of the quickstart is in one folder, made afresh each time.
home=$PWD/.build/quickstart
rm -rf "$home"
mkdir -p "$home/inbox" "$home/rules" "$home/arriving"
cp Rules/nhs-commissioning/*.rules "$home/rules/"
cp Tests/Fixtures/cases/organisations.csv "$home/"
(umask 077 && { printf 'whsec_' && head -c 32 /dev/urandom | base64; } >"$home/signing-secret")

listener= daemon=
stop() {
  trap - EXIT INT TERM
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || :
  [ -z "$daemon" ] || wait "$daemon" 2>/dev/null || :
  [ -z "$listener" ] || kill "$listener" 2>/dev/null || :
}
trap stop EXIT
trap 'stop; exit 0' INT TERM

"$outturn" listen --port-file "$home/port" --verify "$home/signing-secret" &
listener=$!
until [ -s "$home/port" ]; do kill -0 "$listener" && sleep 0.1; done

# The sources are those of the rule pack; only the places, the receivers and the haste are the quickstart's own.
{
  sed -n '/^routes:/q;p' Rules/nhs-commissioning/outturn.yaml |
    sed -e 's,/var/lib/outturn/,,; s,/etc/outturn/,,' \
      -e 's,^    inbox: .*,&\n    every: 500ms\n    ready: { unchanged_for: 0s },'
  cat <<YAML
routes:
  - to: [terminal, log]

receivers:
  terminal:
    webhook:
      url: http://127.0.0.1:$(cat "$home/port")/
      plain_http: true
      allow: [127.0.0.0/8]
      format: outturn
      sign: { file: signing-secret }
  log:
    log: { path: alerts.jsonl, format: json }
YAML
} >"$home/outturn.yaml"

for source in $(sed -n 's,^    inbox: inbox/,,p' "$home/outturn.yaml"); do mkdir -p "$home/inbox/$source"; done
"$outturn" check --config "$home/outturn.yaml" >&2
"$outturn" serve --config "$home/outturn.yaml" 2>"$home/daemon.log" &
daemon=$!

# drop FOLDER: delivers its files, each to the source that it is named after, and waits until they have been taken in.
drop() {
  for file in "$1"/*.csv; do
    source=$(basename "$file" .csv)
    name=$(basename "$1").csv
    cp "$file" "$home/arriving/$name"
    mv "$home/arriving/$name" "$home/inbox/$source/$name"
    waited=0
    until [ -e "$home/inbox/$source/accepted/$name" ]; do
      kill -0 "$daemon" 2>/dev/null || { say "The daemon stopped; its log is $home/daemon.log:"; tail -5 "$home/daemon.log" >&2; exit 1; }
      [ ! -e "$home/inbox/$source/rejected/$name" ] || { say "$name was rejected: $home/inbox/$source/rejected/"; exit 1; }
      waited=$((waited + 1))
      [ "$waited" -lt 600 ] || { say "$name was not taken in within a minute; see $home/daemon.log"; exit 1; }
      sleep 0.1
    done
  done
}

for delivery in Deploy/quickstart/drops/*; do
  say "── $(basename "$delivery") arrives"
  drop "$delivery"
done

if [ -n "$once" ]; then
  kill "$daemon" && wait "$daemon" || :
  daemon=
  "$outturn" serve --once --config "$home/outturn.yaml" 2>>"$home/daemon.log" || {
    say "Not everything was delivered; see $home/daemon.log"
    exit 1
  }
  sleep 0.2
  say "All delivered. The ledger, the log and the configuration are in $home"
  exit 0
fi

cat >&2 <<TEXT

That was the year. outturn keeps serving until you press Ctrl-C.

  Drop a file of your own into    $home/inbox/finance-returns/
  (headings as in                 Deploy/quickstart/drops/2024-25-M01/finance-returns.csv)
  What is over the line now:      $outturn alerts --config $home/outturn.yaml
  One alert, back to its rows:    $outturn alerts show 1 --config $home/outturn.yaml
  Rules to change:                $home/rules/   (then: kill -HUP $daemon)

TEXT
wait "$daemon"
