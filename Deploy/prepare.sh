# Sourced by the scripts beside it: makes sure that a Swift toolchain and the system libraries are there.
# What is missing is installed from the distribution's own packages; nothing else on the machine is touched.

say() { printf '%s\n' "$*" >&2; }

if ! command -v swift >/dev/null 2>&1; then
  say "A Swift 6.3 toolchain is needed and 'swift' is not on the PATH."
  say "Install one as https://www.swift.org/install/linux/ describes, then run this again."
  exit 2
fi

# install_missing PACKAGE…: installs the Debian or Ubuntu packages that are not there yet.
install_missing() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" = 0 ]; then as_root=; else as_root=sudo; fi
  say "Installing:$missing"
  # shellcheck disable=SC2086 # a list of words on purpose
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || {
    say "These packages could not be installed:$missing"
    say "Install them by hand (apt-get install$missing), then run this again."
    exit 2
  }
}

if command -v dpkg-query >/dev/null 2>&1; then
  install_missing libcurl4-openssl-dev libssl-dev libsqlite3-dev zlib1g-dev ca-certificates tzdata
else
  say "Not a Debian or Ubuntu system: libcurl, OpenSSL, SQLite and zlib with their headers must be installed by hand."
fi
