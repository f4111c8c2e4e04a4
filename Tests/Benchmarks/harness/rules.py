"""The rules that everyone runs: each once in the language of `.rules` files and once as SQL over the table `cell`.

A rule's SQL gives (subject, year, month, level): 0 is quiet, 1 amber, 2 red. Amounts are whole pence and percentages
are multiplied out, so no rounding can make the answers differ.
"""

from dataclasses import dataclass

from shape import Shape

LEVELS = ("quiet", "amber", "red")


@dataclass(frozen=True)
class Rule:
    name: str
    text: str
    sql: str


PREAMBLE = """\
currency GBP
year starts in April

dimension category
dimension recurrence
measure plan money full year reference by category, recurrence "Planned spend for the year"
measure forecast money full year adverse high by category, recurrence "Forecast outturn"
measure actual money year to date adverse high by category, recurrence "Spend to date"
"""

# How every rule ends. The address is for people to click on; nothing reads it here.
CLOSING = """\
  runbook "https://finance.example/runbooks/benchmark"
  owner "benchmark"
"""


def band(numerator, denominator, amber, red):
    """A level in SQL: numerator ÷ denominator above so many thousandths."""
    return (f"CASE WHEN 1000 * ({numerator})::HUGEINT > {red} * ({denominator})::HUGEINT THEN 2 "
            f"WHEN 1000 * ({numerator})::HUGEINT > {amber} * ({denominator})::HUGEINT THEN 1 ELSE 0 END")


def percent(thousandths):
    return f"{thousandths // 10}.{thousandths % 10}%"


def bands(amber, red):
    return f"  amber above {percent(amber)}\n  red above {percent(red)}\n  persists for 2 periods\n"


def overspend(number, category):
    name = f"overspend_{number:02d}"
    text = f"""
rule {name} "Forecast over plan: {category}"
  for each organisation
  let planned = plan[category is "{category}"]
  let expected = forecast[category is "{category}"]
  only when planned > £0 and expected - planned >= £10k
  watch (expected - planned) / planned
{bands(80, 120)}  message "{{organisation}} forecasts {{expected}} against a plan of {{planned}} ({{watched | signed}})"
{CLOSING}"""
    sql = f"""
SELECT organisation AS subject, year, month,
  CASE WHEN planned > 0 AND expected - planned >= 1000000 THEN {band("expected - planned", "planned", 80, 120)} ELSE 0 END AS level
FROM (SELECT organisation, year, month, sum(plan) AS planned, sum(forecast) AS expected
      FROM cell WHERE category = '{category}' GROUP BY ALL)"""
    return Rule(name, text, sql)


def ahead_of_profile(number, category):
    name = f"ahead_{number:02d}"
    text = f"""
rule {name} "Spending ahead of an even profile: {category}"
  for each organisation
  let spent = actual[category is "{category}"]
  let profile = even_profile(plan[category is "{category}"])
  only when profile > £0
  watch (spent - profile) / profile
{bands(90, 130)}  message "{{organisation}} has spent {{spent}} against {{profile}} ({{watched | signed}})"
{CLOSING}"""
    sql = f"""
SELECT organisation AS subject, year, month,
  CASE WHEN planned > 0 THEN {band("12 * spent - month * planned", "month * planned", 90, 130)} ELSE 0 END AS level
FROM (SELECT organisation, year, month, sum(plan) AS planned, sum(actual) AS spent
      FROM cell WHERE category = '{category}' GROUP BY ALL)"""
    return Rule(name, text, sql)


def non_recurrent(number, category):
    name = f"non_recurrent_{number:02d}"
    text = f"""
rule {name} "Resting on what does not recur: {category}"
  for each organisation
  let whole = forecast[category is "{category}"]
  let passing = forecast[category is "{category}"][recurrence is "non-recurrent"]
  only when whole > £0
  watch passing / whole
{bands(518, 525)}  message "{{watched}} of the {{whole}} that {{organisation}} forecasts does not recur"
{CLOSING}"""
    sql = f"""
SELECT organisation AS subject, year, month,
  CASE WHEN whole > 0 THEN {band("passing", "whole", 518, 525)} ELSE 0 END AS level
FROM (SELECT organisation, year, month, sum(forecast) AS whole,
        sum(forecast) FILTER (WHERE recurrence = 'non-recurrent') AS passing
      FROM cell WHERE category = '{category}' GROUP BY ALL)"""
    return Rule(name, text, sql)


def rising(number, category):
    name = f"rising_{number:02d}"
    text = f"""
rule {name} "A forecast that rises month after month: {category}"
  for each organisation
  let expected = forecast[category is "{category}"]
  only when previous(expected) > £0
  watch change(expected) / previous(expected)
{bands(15, 25)}  message "{{organisation}} forecasts {{expected}}, {{watched | signed}} on the month before"
{CLOSING}"""
    sql = f"""
SELECT organisation AS subject, year, month,
  CASE WHEN before > 0 THEN {band("expected - before", "before", 15, 25)} ELSE 0 END AS level
FROM (SELECT organisation, year, month, expected,
        lag(expected) OVER (PARTITION BY organisation, year ORDER BY month) AS before
      FROM (SELECT organisation, year, month, sum(forecast) AS expected
            FROM cell WHERE category = '{category}' GROUP BY ALL))"""
    return Rule(name, text, sql)


def spreading(number, category):
    name = f"spreading_{number:02d}"
    text = f"""
rule {name} "Most bodies of a region forecast an overspend: {category}"
  for each region
  let hit = share(forecast[category is "{category}"] > plan[category is "{category}"] over organisation)
  watch hit
{bands(600, 700)}  message "{{hit.matching}} of {{hit.known}} bodies in {{region}} forecast an overspend"
{CLOSING}"""
    sql = f"""
SELECT region AS subject, year, month, {band("sum((expected > planned)::INT)", "count(*)", 600, 700)} AS level
FROM (SELECT organisation, year, month, sum(plan) AS planned, sum(forecast) AS expected
      FROM cell WHERE category = '{category}' GROUP BY ALL)
  JOIN body USING (organisation)
GROUP BY ALL"""
    return Rule(name, text, sql)


def everywhere(number, category):
    name = f"everywhere_{number:02d}"
    text = f"""
rule {name} "The country forecasts an overspend: {category}"
  overall
  let planned = sum(plan[category is "{category}"] over organisation)
  let expected = sum(forecast[category is "{category}"] over organisation)
  only when planned > £0
  watch (expected - planned) / planned
{bands(1, 8)}  message "{{expected}} is forecast against {{planned}} ({{watched | signed}})"
{CLOSING}"""
    sql = f"""
SELECT '' AS subject, year, month,
  CASE WHEN planned > 0 THEN {band("expected - planned", "planned", 1, 8)} ELSE 0 END AS level
FROM (SELECT year, month, sum(plan) AS planned, sum(forecast) AS expected
      FROM cell WHERE category = '{category}' GROUP BY ALL)"""
    return Rule(name, text, sql)


KINDS = (overspend, ahead_of_profile, non_recurrent, rising, spreading, everywhere)
HUNDRED = ((overspend, 40), (ahead_of_profile, 30), (non_recurrent, 10), (rising, 10), (spreading, 5), (everywhere, 5))


def hundred(shape: Shape):
    return [make(number + 1, shape.category(number % shape.categories))
            for make, count in HUNDRED for number in range(count)]


def each_kind(shape: Shape):
    """A rule of each kind for each category."""
    return [make(number + 1, shape.category(number)) for make in KINDS for number in range(shape.categories)]


@dataclass(frozen=True)
class Percentage:
    """One of the thousand rules: over a percentage, for two periods."""
    name: str
    category: str
    thousandths: int

    @property
    def text(self):
        slice = f'[category is "{self.category}"]'
        return f"""
rule {self.name} "Forecast over plan by {percent(self.thousandths)}: {self.category}"
  for each organisation
  watch (forecast{slice} - plan{slice}) / plan{slice}
  amber above {percent(self.thousandths)}
  persists for 2 periods
  message "{{organisation}} forecasts {{watched | signed}} over plan"
{CLOSING}"""


def thousand(shape: Shape):
    return [Percentage(f"percentage_{number + 1:04d}", shape.category(number % shape.categories),
                       10 + 5 * (number // shape.categories % 25))
            for number in range(1000)]


def write(rules, folder):
    """A rule folder: what is measured, and the rules."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "benchmark.rules").write_text(PREAMBLE + "".join(rule.text for rule in rules), encoding="utf-8")
