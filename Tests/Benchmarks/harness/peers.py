"""The peers, each run in a process of its own: python peers.py STEP ARGUMENT…

A step prints one JSON object: how long each of its parts took inside the process, so that a peer does not pay for
starting Python, and how many answers it wrote.
"""

import json
import pathlib
import sys
import time

import fixture
import rules
from shape import MEASURE_HEADINGS, YEARS, Shape


class Stopwatch:
    def __init__(self):
        self.parts = {}

    def time(self, part, action):
        start = time.perf_counter()
        result = action()
        self.parts[part] = time.perf_counter() - start
        return result


def write_answers(path, answers):
    """One line an alert that fires at the end of a year: rule, subject, year, level."""
    lines = sorted(",".join(map(str, answer)) for answer in answers)
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


# MARK: DuckDB

LOAD = """
CREATE TABLE entry AS
SELECT Organisation AS organisation, Period AS period, Programme AS category, Recurrence AS recurrence,
  Measure AS measure, replace(Amount, ',', '')::DECIMAL(14, 2) AS amount
FROM read_csv($1, header = true, all_varchar = true)"""

AGGREGATE = f"""
CREATE TABLE cell AS
SELECT organisation, left(period, 4)::INT AS year, substr(period, 10)::INT AS month, category, recurrence,
  {', '.join(f"(100 * sum(amount) FILTER (WHERE measure = '{heading}'))::BIGINT AS {name}"
             for name, heading in zip(("plan", "forecast", "actual"), MEASURE_HEADINGS))}
FROM entry GROUP BY ALL"""

# The level reached in both of two months running, as it stands at the end of the last year.
FOLD = """
INSERT INTO answer
SELECT '{name}', subject, year, level FROM (
  SELECT subject, year, month, least(level, lag(level, 1, 0) OVER (PARTITION BY subject, year ORDER BY month)) AS level
  FROM ({sql}))
WHERE year = {year} AND month = 12 AND level > 0"""

THOUSAND = """
CREATE OR REPLACE TABLE firing AS
WITH figure AS (
  SELECT category, organisation, year, month, sum(plan) AS planned, sum(forecast) AS expected FROM cell GROUP BY ALL),
breach AS (
  SELECT name, organisation, year, month, 1000 * (expected - planned) > thousandths * planned AS is_over
  FROM rule JOIN figure USING (category)),
held AS (
  SELECT name, organisation, year, month,
    is_over AND lag(is_over, 1, false) OVER (PARTITION BY name, organisation, year ORDER BY month) AS is_firing
  FROM breach)
SELECT name, organisation, year FROM held WHERE month = 12 AND is_firing"""


def duckdb_load(shape, drop, database, register, answers):
    """(a) From the file to a database that survives a crash, to cells, to the answers of a hundred rules."""
    import duckdb
    watch = Stopwatch()
    with duckdb.connect(database) as connection:
        # Without this DuckDB is slower, and nobody needs the order of the rows.
        connection.execute("SET preserve_insertion_order = false")
        connection.execute("CREATE TABLE body AS SELECT Code AS organisation, Region AS region FROM read_csv($1)", [register])

        def load():
            connection.execute(LOAD, [drop])
            connection.execute("CHECKPOINT")

        def aggregate():
            connection.execute(AGGREGATE)
            connection.execute("CHECKPOINT")

        def run():
            connection.execute("CREATE TABLE answer (rule VARCHAR, subject VARCHAR, year INT, level INT)")
            for rule in rules.hundred(shape):
                connection.execute(FOLD.format(name=rule.name, sql=rule.sql, year=YEARS[-1]))

        watch.time("load", load)
        watch.time("aggregate", aggregate)
        watch.time("rules", run)
        found = connection.execute("SELECT rule, subject, year, level FROM answer").fetchall()
    return watch.parts, write_answers(
        answers, [(rule, subject, year, rules.LEVELS[level]) for rule, subject, year, level in found])


def duckdb_thousand(shape, database, runs, answers, figures):
    """(b) A thousand rules over the cells, as one statement over sets; writes the figures for numpy."""
    import duckdb
    import numpy
    with duckdb.connect(database) as connection:
        connection.execute("CREATE OR REPLACE TABLE rule (name VARCHAR, category VARCHAR, thousandths INT)")
        connection.executemany(
            "INSERT INTO rule VALUES ($1, $2, $3)",
            [(rule.name, rule.category, rule.thousandths) for rule in rules.thousand(shape)])
        times = []
        for _ in range(int(runs)):
            watch = Stopwatch()
            watch.time("rules", lambda: connection.execute(THOUSAND))
            times.append(watch.parts["rules"])
        found = connection.execute("SELECT name, organisation, year, 'amber' FROM firing").fetchall()
        columns = connection.execute("""
            SELECT sum(plan) AS planned, sum(forecast) AS expected FROM cell GROUP BY category, organisation, year, month
            ORDER BY category, organisation, year, month""").fetchnumpy()
        numpy.savez(figures, planned=columns["planned"].astype(numpy.int64), expected=columns["expected"].astype(numpy.int64))
    return {"rules": times}, write_answers(answers, found)


# MARK: numpy

def numpy_thousand(shape, figures, runs, answers):
    """(b) The same over dense arrays, as one would write it by hand."""
    import numpy
    stored = numpy.load(figures)
    extent = (shape.categories, shape.organisations, len(YEARS), 12)
    planned, expected = (stored[name].reshape(extent) for name in ("planned", "expected"))
    thousand = rules.thousand(shape)
    # Arrays are in the order of the names, as the database sorted them.
    category = numpy.array([sorted(map(shape.category, range(shape.categories))).index(rule.category) for rule in thousand])
    thousandths = numpy.array([rule.thousandths for rule in thousand])

    def run():
        firing = numpy.empty((len(thousand), *extent[1:]), dtype=bool)
        over = 1000 * (expected - planned)
        for number in range(len(thousand)):
            breach = over[category[number]] > thousandths[number] * planned[category[number]]
            firing[number, ..., 0] = False
            numpy.logical_and(breach[..., 1:], breach[..., :-1], out=firing[number, ..., 1:])
        return firing

    times = []
    for _ in range(int(runs)):
        watch = Stopwatch()
        firing = watch.time("rules", run)
        times.append(watch.parts["rules"])
    codes = sorted(map(shape.organisation, range(shape.organisations)))
    found = [(thousand[rule].name, codes[organisation], YEARS[year], "amber")
             for rule, organisation, year in numpy.argwhere(firing[..., 11])]
    return {"rules": times}, write_answers(answers, found)


# MARK: The drop, made in a process of its own: it takes memory that would be counted as its parent's other children's

def drop(shape, path):
    watch = Stopwatch()
    watch.time("write", lambda: fixture.write_drop(shape, path))
    return watch.parts, shape.rows


STEPS = {"drop": drop, "duckdb-load": duckdb_load, "duckdb-thousand": duckdb_thousand, "numpy-thousand": numpy_thousand}

if __name__ == "__main__":
    step, organisations, categories, rows, *arguments = sys.argv[1:]
    shape = Shape(organisations=int(organisations), categories=int(categories), rows=int(rows))
    parts, answers = STEPS[step](shape, *arguments)
    print(json.dumps({"parts": parts, "answers": answers}))
