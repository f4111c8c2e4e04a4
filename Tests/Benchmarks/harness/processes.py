"""Processes that are measured: wall time, processor time and the most memory that was resident.

The kernel counts what a process had before it became another program: so this one stays small, and whatever needs much
memory is run as one of those.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    seconds: float
    processor: float
    peak_bytes: int
    output: str

    @property
    def answer(self):
        return json.loads(self.output)


class Failed(Exception):
    """A process that was measured did not do its work."""


def run(command, **options):
    """Runs a command to its end; what it wrote to standard output comes back with what it cost."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True, **options)
    output = process.stdout.read()
    # Its own usage, which is not mixed with that of other children.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output)


def peer(step, shape, *arguments):
    """One step of `peers.py`, in a Python of its own."""
    script = Path(__file__).with_name("peers.py")
    return run([sys.executable, script, step, shape.organisations, shape.categories, shape.rows, *arguments])


def resident_bytes(pid):
    """What a process holds in memory, and its share of what it holds together with others."""
    fields = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        name, _, rest = line.partition(":")
        if rest.strip().endswith("kB"):
            fields[name] = int(rest.split()[0]) * 1024
    return fields["Rss"], fields["Pss"]


def settle(path):
    """What was written is on the disk, so that nobody is timed while another's writes are under way."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
