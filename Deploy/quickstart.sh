#!/bin/sh
# Builds outturn and shows it at work: published cases, then a year of sample returns month by month, and the alerts come
# to this terminal.
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
    -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) say "Unknown: $argument (there is only --once)"; exit 2 ;;
  esac
done

say "Building (the first time takes some minutes) …"
swift build -c release --product outturn --explicit-target-dependency-import-check error >&2
outturn=$PWD/.build/release/outturn

# Everything of the quickstart is in one folder, made afresh each time; the published cases have a ledger of their own in it.
home=$PWD/.build/quickstart
rm -rf "$home"
mkdir -p "$home/rules" "$home/arriving"
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

# configure FOLDER: makes its inboxes and its outturn.yaml. The sources are those of the rule pack; only the places, the
# receivers and the haste are the quickstart's own.
configure() {
  mkdir -p "$1"
  {
    sed -n '/^routes:/q;p' Rules/nhs-commissioning/outturn.yaml |
      sed -e "s,/var/lib/outturn/,$1/,; s,/etc/outturn/,$home/," \
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
      sign: { file: $home/signing-secret }
  log:
    log: { path: $1/alerts.jsonl, format: json }
YAML
  } >"$1/outturn.yaml"
  sed -n 's,^    inbox: ,,p' "$1/outturn.yaml" | while read -r inbox; do mkdir -p "$inbox"; done
  "$outturn" check --config "$1/outturn.yaml" >&2
}

# publish CASE TITLE: plays a published case through to the last delivery.
publish() {
  say "── $2"
  for source in Tests/Fixtures/cases/"$1"/*/; do
    for file in "$source"*.csv; do cp "$file" "$home/cases/inbox/$(basename "$source")/case-$1-$(basename "$file")"; done
  done
  "$outturn" serve --once --config "$home/cases/outturn.yaml" 2>>"$home/cases/daemon.log" || {
    say "This failed; see $home/cases/daemon.log"
    exit 1
  }
}

configure "$home/cases"
publish a "2009-10: primary care trusts overspend while nobody looks (published case A)"
publish e "2010-11: London balances on support and slipped savings (case E)"
publish c "2010-11: primary care contracts are cut (case C)"
publish b "2011-12: shadow commissioning groups fall behind (case B)"
publish d "2013-14: deficits that were in no plan (case D)"

configure "$home"
"$outturn" serve --config "$home/outturn.yaml" 2>"$home/daemon.log" &
daemon=$!

# deliver FILE SOURCE NAME: drops the file into the source's inbox under that name, and waits until it has been taken in.
deliver() {
  cp "$1" "$home/arriving/$3"
  mv "$home/arriving/$3" "$home/inbox/$2/$3"
  waited=0
  until [ -e "$home/inbox/$2/accepted/$3" ]; do
    kill -0 "$daemon" 2>/dev/null || {
      say "The daemon stopped; its log is $home/daemon.log:"
      tail -5 "$home/daemon.log" >&2
      exit 1
    }
    for refused in rejected held; do
      [ ! -e "$home/inbox/$2/$refused/$3" ] || { say "$3 was $refused: see $home/inbox/$2/$refused/"; exit 1; }
    done
    waited=$((waited + 1))
    [ "$waited" -lt 1200 ] || { say "$3 was not taken in within a minute; see $home/daemon.log"; exit 1; }
    sleep 0.05
  done
}

for month in Deploy/quickstart/drops/*; do
  say "── $(basename "$month") arrives"
  for file in "$month"/*.csv; do deliver "$file" "$(basename "$file" .csv)" "$(basename "$month").csv"; done
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
  (and in the published cases:    $outturn alerts --config $home/cases/outturn.yaml)
  One alert, back to its rows:    $outturn alerts show 1 --config $home/outturn.yaml
  Rules to change:                $home/rules/   (then: kill -HUP $daemon)

TEXT
wait "$daemon"
