"""The daemon as a finance team runs it: a configuration, a folder of rules, and `outturn serve`."""

import json
import os
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

import rules
from processes import Failed, Measured, resident_bytes

PATIENCE = 300

CONFIGURATION = """\
ledger: ledger/ledger.db
rules: rules
timezone: Europe/London
register: organisations.csv

sources:
  returns:
    inbox: inbox
    ready: {{ unchanged_for: 0s }}
    columns:
      organisation: Organisation
      period: Period
      category: Programme
      recurrence: Recurrence
      measure:
        column: Measure
        names: {{ Plan: plan, Forecast: forecast, Actual to date: actual }}
      amount: Amount
    repeated_rows: add

routes:
  - to: [{receiver}]

receivers:
  log:
    log: {{ path: {home}/alerts.jsonl, format: json }}
"""

WEBHOOK = """\
  desk:
    webhook:
      url: http://127.0.0.1:{port}/
      plain_http: true
      allow: [127.0.0.0/8]
      format: outturn
      sign: {{ file: {home}/signing-secret }}
"""


def prepare(home: Path, ruleset, register, port=None):
    """A folder with all that the daemon needs; with a port, alerts go to a webhook there and not to the log file."""
    rules.write(ruleset, home / "rules")
    (home / "organisations.csv").unlink(missing_ok=True)
    os.link(register, home / "organisations.csv")
    configuration = CONFIGURATION.format(home=home, receiver="desk" if port else "log")
    if port:
        configuration += WEBHOOK.format(home=home, port=port)
        (home / "signing-secret").write_text("whsec_" + "YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJr")
        (home / "signing-secret").chmod(0o600)
    (home / "outturn.yaml").write_text(configuration, encoding="utf-8")
    (home / "inbox").mkdir(exist_ok=True)


class Daemon:
    """`outturn serve` in a folder; a context that ends it with SIGTERM and then knows what it used."""

    def __init__(self, outturn, home: Path):
        self.outturn = outturn
        self.home = home
        self.used: Measured | None = None

    def __enter__(self):
        path = str(self.home / "notify")
        Path(path).unlink(missing_ok=True)
        notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notices.bind(path)
        is_ready = threading.Event()
        threading.Thread(target=self._listen, args=(notices, is_ready), daemon=True).start()
        self.log = open(self.home / "daemon.log", "ab")
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [self.outturn, "serve", "--config", self.home / "outturn.yaml"], stderr=self.log,
            env={**os.environ, "NOTIFY_SOCKET": path})
        self.wait_until(is_ready.is_set, "ready")
        self.ready_after = time.perf_counter() - self.started
        return self

    @staticmethod
    def _listen(notices, is_ready):
        """Takes what the daemon tells its service manager, which is us: unread, it would soon have to wait."""
        while True:
            if b"READY=1" in notices.recv(4096):
                is_ready.set()

    def __exit__(self, *_):
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            _, status, usage = os.wait4(self.process.pid, 0)
            self.process.returncode = os.waitstatus_to_exitcode(status)
            self.used = Measured(time.perf_counter() - self.started, usage.ru_utime + usage.ru_stime,
                                 usage.ru_maxrss * 1024, "")
        self.log.close()

    def wait_until(self, is_so, what, pause=0.001):
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            if self.process.poll() is not None:
                raise Failed(f"the daemon ended; see {self.home / 'daemon.log'}")
            if time.monotonic() > deadline:
                raise Failed(f"the daemon is not {what} after {PATIENCE} seconds; see {self.home / 'daemon.log'}")
            time.sleep(pause)

    def deliver(self, drop: Path, name):
        """Puts a whole file into the inbox, as a sender would; when that was."""
        start = time.perf_counter()
        os.rename(drop, self.home / "inbox" / name)
        return start

    def wait_for_acceptance(self, name):
        """Until the file has been moved: the last step, after everything it leads to is in the ledger."""
        accepted, rejected = (self.home / "inbox" / folder / name for folder in ("accepted", "rejected"))

        def is_settled():
            if rejected.exists():
                raise Failed(f"{name} was rejected: see {rejected}.errors.csv")
            return accepted.exists()

        self.wait_until(is_settled, f"done with {name}")
        return time.perf_counter()

    @property
    def resident(self):
        return resident_bytes(self.process.pid)

    def wait_until_idle(self):
        """Until a second has passed in which the daemon used no processor time to speak of."""
        def used():
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
            return int(fields[11]) + int(fields[12])

        before = used()
        while True:
            time.sleep(1)
            now = used()
            if now - before <= 1:
                return
            before = now

    def alerts(self):
        """Every alert that is open."""
        result = subprocess.run(
            [self.outturn, "alerts", "list", "--limit", "1000000", "--format", "json", "--config",
             self.home / "outturn.yaml"], stdout=subprocess.PIPE, check=True)
        return json.loads(result.stdout)


class Desk:
    """A webhook receiver that knows when the first byte of each message came."""

    def __init__(self):
        self.arrivals = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            pending = b""
            while True:
                try:
                    more = connection.recv(65536)
                except OSError:
                    return
                now = time.perf_counter()
                if not more:
                    return
                if not pending:
                    self.arrivals.append(now)
                pending += more
                while (end := pending.find(b"\r\n\r\n")) >= 0:
                    length = next((int(line.split(b":")[1]) for line in pending[:end].split(b"\r\n")
                                   if line.lower().startswith(b"content-length:")), 0)
                    if len(pending) < end + 4 + length:
                        break
                    pending = pending[end + 4 + length:]
                    connection.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                    if pending:
                        self.arrivals.append(now)

    def first_after(self, start):
        """When the first message since then began to arrive; None where none has."""
        return next((arrival for arrival in self.arrivals if arrival >= start), None)

    def wait_until_quiet(self, seconds=0.5):
        while self.arrivals and time.perf_counter() - self.arrivals[-1] < seconds:
            time.sleep(0.05)

    def close(self):
        self.server.close()
