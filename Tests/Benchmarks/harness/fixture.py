"""Makes the drops: the same bytes for the same shape, whenever and wherever it runs."""

from shape import MEASURE_HEADINGS, RECURRENCES, Shape

SEED = 20_130_401
HEADINGS = ("Organisation", "Period", "Programme", "Recurrence", "Measure", "Amount")


def levels(shape: Shape, random):
    """What a row of each cell is about, in pence: plan, a forecast that drifts from it, spend that follows the forecast."""
    import numpy
    organisations, periods, categories, recurrences, _ = shape.dimensions
    size = numpy.exp(random.normal(numpy.log(4_000_000), 0.7, (organisations, 1, categories, 1)))
    plan = numpy.broadcast_to(size, (organisations, periods, categories, recurrences)).astype(numpy.int64)
    drift = (random.normal(0, 0.01, (organisations, 1, 1, 1)) + random.normal(0, 0.035, (organisations, 1, categories, 1))
             + random.normal(0, 0.002, (organisations, periods, categories, 1)).cumsum(axis=1)
             + random.normal(0, 0.015, (organisations, 1, categories, recurrences)))
    forecast = plan * (1000 + (1000 * drift).astype(numpy.int64)) // 1000
    month = numpy.arange(periods).reshape(1, -1, 1, 1) % 12 + 1
    pace = 1000 + (1000 * random.normal(0, 0.03, (organisations, 1, categories, 1))).astype(numpy.int64)
    actual = forecast * month * pace // 12_000
    return numpy.stack([plan, forecast, actual], axis=-1).reshape(-1)


def rows(shape: Shape):
    """(cell, pence, whether written with separators) of each row, shuffled."""
    import numpy
    random = numpy.random.default_rng(SEED)
    level = levels(shape, random)
    # Every cell has as many rows as any other, or one more.
    cell = numpy.concatenate([
        numpy.tile(numpy.arange(shape.cells, dtype=numpy.int32), shape.rows // shape.cells),
        random.permutation(shape.cells)[:shape.rows % shape.cells].astype(numpy.int32)])
    random.shuffle(cell)
    pence = level[cell] * random.integers(900, 1101, shape.rows) // 1000
    return cell, pence, random.integers(0, 100, shape.rows) == 0


def write_drop(shape: Shape, path):
    import duckdb
    cell, pence, separated = rows(shape)
    with duckdb.connect() as database:
        # Shuffled rows stay as they are.
        database.execute("SET preserve_insertion_order = true")
        names = (("organisation", map(shape.organisation, range(shape.organisations))),
                 ("period", map(shape.period, range(shape.periods))),
                 ("category", map(shape.category, range(shape.categories))),
                 ("recurrence", RECURRENCES), ("measure", MEASURE_HEADINGS))
        for name, values in names:
            database.execute(f"CREATE TYPE {name}_name AS ENUM ({', '.join(repr(value) for value in values)})")
        row = {"cell": cell, "pence": pence, "separated": separated}  # noqa: F841, read by name
        columns, size = [], shape.cells
        for (name, _), count in zip(names, shape.dimensions):
            size //= count
            columns.append(f"enum_code_name_{name}(cell // {size} % {count})")
            database.execute(f"CREATE MACRO enum_code_name_{name}(code) AS (enum_range(NULL::{name}_name))[code + 1]")
        amount = ("CASE WHEN separated THEN format('{:,}.{:02d}', pence // 100, pence % 100) "
                  "ELSE (pence // 100)::VARCHAR || '.' || lpad((pence % 100)::VARCHAR, 2, '0') END")
        named = ", ".join(f'{column} AS "{heading}"' for column, heading in zip([*columns, amount], HEADINGS))
        database.execute(f"COPY (SELECT {named} FROM row) TO '{path}' (HEADER, DELIMITER ',')")


def write_register(shape: Shape, path):
    lines = ["Code,Name,Kind,Region"]
    lines += [f"{shape.organisation(number)},{shape.organisation(number)},Trust,{shape.region(number)}"
              for number in range(shape.organisations)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def one_return(shape: Shape, number, tenths):
    """A drop of one organisation: its last two months again, with a forecast so many tenths of the plan."""
    lines = [",".join(HEADINGS)]
    for period in range(shape.periods - 2, shape.periods):
        for category in range(shape.categories):
            for recurrence in RECURRENCES:
                for measure, amount in zip(MEASURE_HEADINGS, (1_000_000, 100_000 * tenths, 900_000)):
                    lines.append(f"{shape.organisation(number)},{shape.period(period)},{shape.category(category)},"
                                 f"{recurrence},{measure},{amount}.00")
    return "\n".join(lines) + "\n"
