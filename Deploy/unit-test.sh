#!/bin/bash
# Runs the hardened unit for real: systemd as PID 1 in namespaces of its own, with nothing but our unit, on a scratch
# layer over /etc, /usr and /var that vanishes afterwards. The machine's own systemd, files and network are not touched.
#
#   unit-test.sh BINARY [CASE]              starts a built `outturn` as the unit does, drops the sample returns of CASE
#                                           (default: Tests/Fixtures/cases/d), waits for an alert in the log, reloads,
#                                           wedges the daemon until the watchdog starts it anew, stops it
#   unit-test.sh --suite BUNDLE [OPTION…]   runs a built test bundle under the unit's restrictions instead
#
# Prints what it saw. Exit 0: all as it should be; 1: not; 77: can't be run here, with the reason.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
checkout=$(dirname "$here")
units=/run/unit-test/units

# --- Inside the namespaces: furnish the scratch system and become its systemd ----------------------------------------

furnish_devices() {
  mkdir -p "$scratch/dev/pts" "$scratch/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$scratch/dev/pts"
  mount -t tmpfs -o mode=1777 shm "$scratch/dev/shm"
  ln -s pts/ptmx "$scratch/dev/ptmx"
  for device in null zero full random urandom tty; do
    touch "$scratch/dev/$device"
    mount --bind "/dev/$device" "$scratch/dev/$device"
  done
  # systemd logs to the kernel's log; here that is a pipe to our output.
  mkfifo "$scratch/dev/kmsg"
  cat <>"$scratch/dev/kmsg" &
}

furnish_folders() {
  for folder in etc usr var; do
    layer=$scratch/$folder
    mkdir -p "$layer/upper" "$layer/work"
    mount -t overlay -o "lowerdir=/$folder,upperdir=$layer/upper,workdir=$layer/work" overlay "/$folder"
  done
  mount -t tmpfs -o mode=755 run /run
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  mkdir -p "$units/outturn.service.d" /run/unit-test/none
  tr -d - </proc/sys/kernel/random/uuid >/etc/machine-id
}

install_daemon() {
  install -m 755 "$program" /usr/bin/outturn
  systemd-sysusers "$here/sysusers.d/outturn.conf"
  rm -rf /etc/outturn /var/lib/outturn /var/log/outturn
  systemd-tmpfiles --create "$here/tmpfiles.d/outturn.conf"
  # The sources of the rule pack, in haste; the receivers are the test's own.
  {
    sed -e '/^routes:/,$d; s,^    inbox: .*,&\n    every: 500ms\n    ready: { unchanged_for: 0s },' \
      "$checkout"/Rules/nhs-commissioning/outturn.yaml
    cat <<-'YAML'
	routes:
	  - to: [desk, audit-log]
	receivers:
	  desk:
	    webhook:
	      url: http://127.0.0.1:8123/
	      plain_http: true
	      allow: [127.0.0.0/8]
	      sign: { file: /etc/outturn/secrets/signing }
	  audit-log:
	    log: { path: /var/log/outturn/alerts.jsonl, format: json }
	YAML
  } >/etc/outturn/outturn.yaml
  sed -n 's,^    inbox: ,,p' /etc/outturn/outturn.yaml | xargs install -d -o outturn -g outturn -m 2770
  cp "$checkout"/Rules/nhs-commissioning/*.rules /etc/outturn/rules/
  cp "$checkout"/Tests/Fixtures/cases/organisations.csv /etc/outturn/
  (umask 077 && echo whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw >/etc/outturn/secrets/signing)
  chgrp outturn /etc/outturn/secrets/signing
  chmod g+r /etc/outturn/secrets/signing
}

# The libraries that the program doesn't share with the system (the Swift runtime of a toolchain elsewhere).
install_libraries() {
  mkdir -p /usr/lib/outturn-libraries
  { ldd "$program" 2>/dev/null || true; } | awk '$3 ~ "^/" && $3 !~ "^/(usr/)?lib" { print $3 }' |
    while read -r library; do cp -L "$library" /usr/lib/outturn-libraries/; done
  echo /usr/lib/outturn-libraries >/etc/ld.so.conf.d/outturn-libraries.conf
  ldconfig
}

# The unit as it ships. What else a service stands on is there in name only.
install_units() {
  cp "$here/outturn.service" $units/
  for target in default sysinit basic shutdown multi-user network-online nss-lookup; do
    printf '[Unit]\nDescription=%s\n' "$target" >"$units/$target.target"
  done
  # For want of a journal its output goes to a file.
  cat >$units/outturn.service.d/output.conf <<-'DROPIN'
	[Service]
	StandardOutput=append:/run/unit-test/output
	StandardError=append:/run/unit-test/output
	DROPIN
  if [ "$mode" = suite ]; then
    cat >$units/outturn.service.d/suite.conf <<-DROPIN
	[Service]
	Type=oneshot
	Restart=no
	WatchdogSec=0
	WorkingDirectory=$checkout
	ExecReload=
	ExecStart=
	ExecStart=$program --testing-library swift-testing $*
	DROPIN
  else
    # The watchdog doesn't keep a test waiting.
    cat >$units/outturn.service.d/daemon.conf <<-'DROPIN'
	[Service]
	WatchdogSec=15s
	RestartSec=200ms
	DROPIN
  fi
}

if [ "${1:-}" = --inside ]; then
  scratch=$2 mode=$3 program=$4
  shift 4
  mount -t tmpfs -o mode=755 scratch "$scratch"
  furnish_devices
  furnish_folders
  install_daemon
  install_libraries
  install_units "$@"
  hostname unit-test
  mount --rbind "$scratch/dev" /dev
  # A bundle may have been built below /tmp.
  [ "$mode" = suite ] || mount -t tmpfs -o mode=1777 tmp /tmp
  exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=unit-test \
    SYSTEMD_UNIT_PATH=$units SYSTEMD_GENERATOR_PATH=/run/unit-test/none \
    SYSTEMD_ENVIRONMENT_GENERATOR_PATH=/run/unit-test/none \
    /lib/systemd/systemd --system --unit=default.target --log-target=kmsg --log-level=info --show-status=0
fi

# --- Outside: what is needed, the namespaces, and the end of them ----------------------------------------------------

cannot() {
  echo "cannot run here: $*"
  exit 77
}

mode=daemon
[ "${1:-}" != --suite ] || { mode=suite && shift; }
program=$(readlink -f "${1:?the path of a built program}")
shift
[ -x "$program" ] || { echo "$program is no program" && exit 1; }

[ "$(id -u)" = 0 ] || cannot "it takes root to make namespaces and run systemd in them"
for tool in unshare nsenter systemctl systemd-analyze systemd-sysusers systemd-tmpfiles /lib/systemd/systemd; do
  command -v $tool >/dev/null || cannot "$tool is not installed"
done
grep -qw overlay /proc/filesystems || cannot "the kernel has no overlay file system"
cgroups=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
[ -n "$cgroups" ] || cannot "no cgroup2 hierarchy is mounted"
namespaces=(--mount --pid --fork --kill-child --cgroup --uts --ipc --net --mount-proc)
unshare "${namespaces[@]}" true 2>/dev/null || cannot "namespaces can't be made (in a container without privileges?)"
case $mode$checkout in suite/root/* | suite/home/*)
  cannot "the unit hides home folders, and this checkout with the tests is in one" ;;
esac

scratch=$(mktemp -d)
log=$scratch.log
group=$cgroups/outturn-unit-test.$$
unshared=
listener=
init=
cleanup() {
  [ -z "$listener" ] || kill -KILL "$listener" 2>/dev/null || true
  [ -z "$unshared" ] || kill -KILL "$unshared" 2>/dev/null || true
  for _ in {1..25}; do
    find "$group" -depth -type d -exec rmdir {} + 2>/dev/null && break
    sleep 0.2
  done
  rm -rf "$scratch" "$log" "$scratch.webhooks"
}
trap cleanup EXIT
mkdir "$group" 2>/dev/null || cannot "no cgroup can be made below $cgroups"

(
  echo 0 >"$group/cgroup.procs"
  exec unshare "${namespaces[@]}" bash "$here/unit-test.sh" --inside "$scratch" $mode "$program" "$@"
) >"$log" 2>&1 &
unshared=$!
disown $unshared

inside() { nsenter --target "$init" --mount --pid --uts --ipc --net --cgroup -- "$@"; }
property() { inside systemctl show --value --property "$1" outturn.service; }

fail() {
  echo "FAILED: $*"
  if [ -n "$init" ]; then
    echo "--- the unit"
    inside systemctl status --no-pager --lines=0 outturn.service 2>&1 | head -n 20 || true
    echo "--- its output"
    inside tail -n 60 /run/unit-test/output 2>/dev/null || true
  fi
  echo "--- systemd"
  tail -n 60 "$log"
  exit 1
}

# until_true SECONDS COMMAND…: tries it five times a second.
until_true() {
  local tries=$(($1 * 5))
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] && kill -0 "$unshared" 2>/dev/null || return 1
    sleep 0.2
  done
}

find_init() {
  init=$(cut -d' ' -f1 "/proc/$unshared/task/$unshared/children")
  [ -n "$init" ] && inside test -S /run/systemd/private
}

# --- What is tried and seen ------------------------------------------------------------------------------------------

run_suite() {
  if ! inside systemctl start outturn.service; then
    inside grep -a ✘ /run/unit-test/output || true
    fail "the tests fail under the unit's restrictions"
  fi
  inside tail -n 1 /run/unit-test/output
}

check_exposure() {
  local exposure
  exposure=$(systemd-analyze security --no-pager --offline=true --threshold=15 "$here/outturn.service" | tail -n 1) ||
    fail "the unit's exposure is over 1.5: $exposure"
  echo "exposure: ${exposure##*: }"
}

start() {
  inside systemctl start outturn.service || fail "the unit did not start"
  [ "$(property ActiveState)" = active ] || fail "the unit is $(property ActiveState)"
  pid=$(property MainPID)
  echo "ready: $(property StatusText)"
  local confinement
  confinement=$(inside awk '/^(Uid|NoNewPrivs|Seccomp|CapBnd):/ { printf "%s %s  ", $1, $2 }' "/proc/$pid/status")
  echo "confined: $confinement"
  [[ $confinement == *"Uid: $(inside id -u outturn) "*"CapBnd: 0000000000000000"*"NoNewPrivs: 1"*"Seccomp: 2"* ]] ||
    fail "the daemon is not confined as the unit says"
}

listen() {
  inside /usr/bin/outturn listen --port 8123 --verify /etc/outturn/secrets/signing --format json \
    >"$scratch.webhooks" 2>&1 &
  listener=$!
  disown $listener
}

has_webhook() { grep -q "$1" "$scratch.webhooks"; }
has_alert() { inside test -s /var/log/outturn/alerts.jsonl; }

drop_returns() {
  local source inbox drop
  for source in "$drops"/*/; do
    inbox=/var/lib/outturn/inbox/$(basename "$source")
    for drop in "$source"*.csv; do
      inside sh -c 'cat >"$1/.new" && chown outturn:outturn "$1/.new" && mv "$1/.new" "$1/$2"' - \
        "$inbox" "$(basename "$drop")" <"$drop"
    done
  done
  until_true 240 has_alert || fail "no alert came into the log"
  echo "alerted: $(inside head -n 1 /var/log/outturn/alerts.jsonl | grep -o '"sentence":"[^"]*"' | head -n 1)"
  until_true 120 has_webhook '"state":"opened"' || fail "no webhook came"
  echo "sent: $(wc -l <"$scratch.webhooks") lines from signed webhooks"
}

is_serving() { [ "$(property ActiveState) $(property MainPID)" = "active $pid" ]; }
has_failed_reload() { inside grep -q reload_failed /var/log/outturn/alerts.jsonl && has_webhook reload_failed; }

reload() {
  inside systemctl reload outturn.service || fail "the reload was refused"
  until_true 60 is_serving || fail "the reload ended the daemon"
  echo "reloaded: $(property StatusText)"
  inside sh -c 'echo "rule broken" >/etc/outturn/rules/broken.rules'
  inside systemctl reload outturn.service || fail "the bad reload was refused"
  until_true 60 has_failed_reload || fail "nobody was told of a bad reload"
  until_true 60 is_serving || fail "the bad reload ended the daemon"
  inside rm /etc/outturn/rules/broken.rules
  echo "bad rules: told, and the old ones stay in force"
}

wedge() {
  sleep 18
  [ "$(property MainPID)" = "$pid" ] || fail "the watchdog ended a daemon that works"
  inside kill -STOP "$pid"
  is_anew() { [ "$(property ActiveState)" = active ] && [ "$(property MainPID)" != "$pid" ]; }
  until_true 120 is_anew || fail "the watchdog did not start a wedged daemon anew"
  echo "wedged and started anew: $(property NRestarts) restart, $(property StatusText)"
}

stop() {
  inside systemctl stop outturn.service || fail "the unit did not stop"
  [ "$(property ActiveState) $(property Result)" = "inactive success" ] ||
    fail "it stopped as $(property ActiveState), $(property Result)"
  echo "stopped: $(property Result)"
  ! inside grep -rqs MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw /run/unit-test/output /var/log/outturn /var/lib/outturn ||
    fail "a secret was written down"
  echo "no secret in a log or the ledger"
}

until_true 60 find_init || fail "systemd did not come up"
echo "systemd $(inside systemctl --version | awk 'NR == 1 { print $2 }') runs as PID 1 of its own namespaces"
if [ $mode = suite ]; then
  run_suite
else
  listen
  drops=$(readlink -f "${1:-$checkout/Tests/Fixtures/cases/d}")
  check_exposure
  start
  drop_returns
  reload
  wedge
  stop
fi
