"""Runs the parts, prints the one table, and says whether everyone's answers agree."""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import editor
import fixture
import rules
from daemon import Daemon, Desk, prepare
from processes import peer, run, settle
from report import Table, megabytes, seconds
from shape import national, small_returns

PARTS = {"a": "a drop to ledger", "b": "a thousand rules", "c": "one return", "d": "memory", "e": "checking rules",
         "f": "a replay", "g": "an editor's change"}
# These need no drop.
WITHOUT_DROP = {"e", "f", "g"}


def say(text):
    print(text, file=sys.stderr, flush=True)


class Benchmark:
    def __init__(self, options):
        self.work = options.work
        self.outturn = options.build / "outturn"
        self.inside = options.build / "Benchmarks"
        self.scale = 20 if options.quick else 1
        self.shape = national(self.scale)
        self.runs = 1 if options.quick else options.runs
        self.table = Table()
        self.differences = []
        self.drop = self.work / "returns.csv"
        self.register = self.work / "organisations.csv"
        self.database = self.work / "peer.duckdb"
        self.home = self.work / "national"

    def make(self):
        if not self.drop.exists():
            say(f"Making a drop of {self.shape.rows:,} rows …")
            peer("drop", self.shape, self.drop)
        fixture.write_register(self.shape, self.register)
        settle(self.drop)
        say(f"{self.drop}: {megabytes(self.drop.stat().st_size)}")

    def agree(self, what, ours, theirs):
        """Both are files of one answer a line."""
        mine, yours = (set(path.read_text().splitlines()) for path in (ours, theirs))
        if mine == yours:
            return say(f"{what}: {len(mine):,} answers, the same")
        self.differences.append(what)
        say(f"{what}: THE ANSWERS DIFFER, {len(mine - yours)} only ours, {len(yours - mine)} only theirs")
        for line in sorted(mine ^ yours)[:5]:
            say(f"  {'ours' if line in mine else 'theirs'}: {line}")

    # MARK: (a)

    def load_ours(self):
        """The daemon is up; the drop is moved into its inbox; the clock stops when it has been moved out."""
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir()
        prepare(self.home, rules.hundred(self.shape), self.register)
        delivered = self.home / "arriving.csv"
        shutil.copyfile(self.drop, delivered)
        settle(delivered)
        with Daemon(self.outturn, self.home) as daemon:
            start = daemon.deliver(delivered, "returns.csv")
            taken = daemon.wait_for_acceptance("returns.csv") - start
            daemon.wait_until_idle()
            resident = daemon.resident
        return taken, daemon.used, resident

    def part_a(self):
        say("(a) the drop into a ledger, and a hundred rules")
        ours, duck = [], []
        for _ in range(self.runs):
            for path in (self.database, Path(f"{self.database}.wal")):
                path.unlink(missing_ok=True)
            duck.append(peer("duckdb-load", self.shape, self.drop, self.database, self.register, self.work / "a.duckdb"))
            settle(self.database)
            ours.append(self.load_ours())
            say(f"  {seconds(ours[-1][0])} against {seconds(sum(duck[-1].answer['parts'].values()))}")
        sqlite = self.sqlite_import()
        taken = statistics.median(run[0] for run in ours)
        used = min((run[1] for run in ours), key=lambda used: used.peak_bytes)
        parts = {name: statistics.median(run.answer["parts"][name] for run in duck) for name in duck[0].answer["parts"]}
        whole = statistics.median(sum(run.answer["parts"].values()) for run in duck)
        self.table.compare("(a) drop to durable ledger, 100 rules: DuckDB", taken, whole, aim="at least 5×")
        for name, label in (("load", "loading"), ("aggregate", "adding up"), ("rules", "100 rules")):
            self.table.peer(f"      of that {label}", parts[name])
        self.table.compare("      sqlite3 .import alone", taken, sqlite)
        self.table.compare("      processor time", statistics.median(run[1].processor for run in ours),
                           statistics.median(run.processor for run in duck))
        self.table.compare("      memory at peak", statistics.median(run[1].peak_bytes for run in ours),
                           statistics.median(run.peak_bytes for run in duck), megabytes, "under 300 MB")
        self.table.state("      memory after it", statistics.median(run[2][0] for run in ours), megabytes)
        self.write_alerts(self.home, self.work / "a.ours")
        self.agree("(a) a hundred rules", self.work / "a.ours", self.work / "a.duckdb")

    def sqlite_import(self):
        database = self.work / "peer.sqlite"
        database.unlink(missing_ok=True)
        took = run(["sqlite3", database, "CREATE TABLE entry (organisation, period, category, recurrence, measure, amount)",
                    ".mode csv", f".import --skip 1 {self.drop} entry"]).seconds
        database.unlink()
        return took

    def write_alerts(self, home, path):
        """The alerts that are open, as the peers write theirs."""
        lines = []
        for alert in Daemon(self.outturn, home).alerts():
            subject = "" if alert["rule"].startswith("everywhere") else alert["subject"]
            lines.append(f"{alert['rule']},{subject},{alert['announced']['period'][:4]},{alert['severity']}")
        path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")

    # MARK: (b)

    def part_b(self):
        say("(b) a thousand rules over the ledger")
        self.need_ledger()
        if not self.database.exists():
            peer("duckdb-load", self.shape, self.drop, self.database, self.register, self.work / "a.duckdb")
        rules.write(rules.thousand(self.shape), self.work / "thousand")
        figures = self.work / "figures.npz"
        ours, duck, vector = [], [], []
        for _ in range(self.runs):
            duck += peer("duckdb-thousand", self.shape, self.database, 1, self.work / "b.duckdb", figures).answer["parts"]["rules"]
            vector += peer("numpy-thousand", self.shape, figures, 5, self.work / "b.numpy").answer["parts"]["rules"]
            ours += run([self.inside, "evaluate", self.home / "ledger/ledger.db", self.work / "thousand", self.register, 5,
                         self.work / "b.ours"]).answer["run"]
        taken = statistics.median(ours)
        self.table.compare("(b) 1,000 rules × 211 × 24: numpy", taken, statistics.median(vector), aim="at least 1×")
        self.table.compare("      DuckDB", taken, statistics.median(duck), aim="at least 80×")
        self.agree("(b) a thousand rules, DuckDB", self.work / "b.ours", self.work / "b.duckdb")
        self.agree("(b) a thousand rules, numpy", self.work / "b.ours", self.work / "b.numpy")

    def need_ledger(self):
        if not (self.home / "inbox/accepted/returns.csv").exists():
            self.load_ours()

    # MARK: (c)

    def part_c(self):
        say("(c) one organisation's return, to the first byte of its webhook")
        repeats = 3 if self.scale > 1 else 15
        self.need_ledger()
        taken = self.returns_into(self.home, self.shape, rules.hundred(self.shape), repeats)
        self.table.state("(c) one return into that ledger, to its webhook", taken, aim="under 50 ms")
        for organisations in (100, 211, 1_000, 10_000 // self.scale):
            shape = small_returns(organisations)
            home = self.work / f"small-{organisations}"
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            fixture.write_register(shape, home / "register.csv")
            peer("drop", shape, home / "arriving.csv")
            prepare(home, rules.each_kind(shape), home / "register.csv")
            with Daemon(self.outturn, home) as daemon:
                daemon.deliver(home / "arriving.csv", "returns.csv")
                daemon.wait_for_acceptance("returns.csv")
                daemon.wait_until_idle()
            taken = self.returns_into(home, shape, rules.each_kind(shape), repeats)
            self.table.state(f"      of {organisations:,} organisations", taken, aim="no slower than 100")
            shutil.rmtree(home)

    def returns_into(self, home, shape, ruleset, repeats):
        """Median seconds from a file's name in the inbox to the first byte at the receiver."""
        desk = Desk()
        register = self.work / f"register-{shape.organisations}.csv"
        fixture.write_register(shape, register)
        prepare(home, ruleset, register, port=desk.port)
        times = []
        with Daemon(self.outturn, home) as daemon:
            daemon.wait_until_idle()
            for number in range(repeats):
                name = f"return-{time.time_ns()}.csv"
                arriving = home / "arriving.csv"
                arriving.write_text(fixture.one_return(shape, number, 20), encoding="utf-8")
                settle(arriving)
                desk.wait_until_quiet()
                start = daemon.deliver(arriving, name)
                daemon.wait_for_acceptance(name)
                daemon.wait_until(lambda: desk.first_after(start), "sending webhooks")
                times.append(desk.first_after(start) - start)
                time.sleep(0.2)
            desk.wait_until_quiet()
        desk.close()
        return statistics.median(times)

    # MARK: (d)

    def part_d(self):
        say("(d) memory")
        made = Path.cwd() / ".build/quickstart"
        if not (made / "ledger.db").exists():
            subprocess.run(["sh", "Deploy/quickstart.sh", "--once"], check=True, stdout=sys.stderr)
        home = self.work / "quickstart"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(made, home)
        configuration = home / "outturn.yaml"
        configuration.write_text(configuration.read_text().replace(str(made), str(home)))
        with Daemon(self.outturn, home) as daemon:
            daemon.wait_until_idle()
            resident, share = daemon.resident
            self.table.state("(d) memory idle, quickstart ledger", resident, megabytes, "under 40 MB")
            self.table.state("      its share of shared pages counted once", share, megabytes)
        self.need_ledger()
        with Daemon(self.outturn, self.home) as daemon:
            daemon.wait_until_idle()
            self.table.state("      idle, the ledger of (a)", daemon.resident[0], megabytes)
            self.table.state("      ready after", daemon.ready_after)
        self.table.state("      at its peak then", daemon.used.peak_bytes, megabytes)

    # MARK: (e)

    def part_e(self):
        say("(e) checking a thousand rules")
        folder = self.work / "checked"
        rules.write(rules.thousand(self.shape), folder)
        answer = run([self.inside, "check", folder, 20]).answer
        self.table.state("(e) checking 1,000 rules", statistics.median(answer["check"]), aim="under 100 ms")
        self.table.state("      the doubts about them", statistics.median(answer["lint"]))
        self.table.state("      reading the folder", answer["read"][0])

    # MARK: (f)

    def part_f(self):
        say("(f) five thousand rules replayed over a thousand bodies and three years")
        measured = run([self.inside, "replay", 5_000 // self.scale, 1_000 // self.scale, 36])
        answer = json.loads(measured.output)
        self.table.state("(f) 5,000 rules × 1,000 × 36 replayed, 36 drops", answer["parts"]["replay"][0], aim="seconds")
        self.table.state("      memory at peak", measured.peak_bytes, megabytes)
        say(f"(f) {answer['announcements']:,} announcements, {answer['open']:,} alerts open at the end")
        if answer["open"] != answer["evaluated"]:
            self.differences.append("(f) a replay")
            say(f"(f) THE ANSWERS DIFFER: {answer['evaluated']:,} are open by the ledger as a whole")

    # MARK: (g)

    def part_g(self):
        say("(g) an editor's change to a thousand rules")
        folder = self.work / "edited"
        rules.write(rules.thousand(self.shape), folder)
        changed = editor.changes(self.outturn, folder, 50)
        self.table.state("(g) a change in an editor, of 1,000 rules", statistics.median(changed), aim="under 20 ms")
        self.table.state("      the slowest of 50", max(changed))


def main():
    parser = argparse.ArgumentParser(prog="run.sh", add_help=False)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.work = options.work.with_name(options.work.name + "-quick")
    options.work.mkdir(parents=True, exist_ok=True)
    benchmark = Benchmark(options)
    try:
        if set(options.parts or PARTS) - WITHOUT_DROP:
            benchmark.make()
        for part in options.parts or PARTS:
            getattr(benchmark, f"part_{part}")()
    finally:
        if benchmark.table.rows:
            print(f"\n{benchmark.shape.rows:,} rows, medians of {benchmark.runs}, {os.cpu_count()} processors\n")
            print(benchmark.table.text())
        if not options.keep:
            shutil.rmtree(options.work, ignore_errors=True)
    if benchmark.differences:
        print("\nThe answers differ: " + "; ".join(benchmark.differences))
        sys.exit(1)


main()
