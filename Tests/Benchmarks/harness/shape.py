"""What a benchmark's drop is made of: how many organisations, periods, categories and rows, and what they are called."""

from dataclasses import dataclass

YEARS = (2023, 2024)
MEASURES = ("plan", "forecast", "actual")
MEASURE_HEADINGS = ("Plan", "Forecast", "Actual to date")
RECURRENCES = ("recurrent", "non-recurrent")
REGIONS = ("North", "South", "East", "West", "Midlands", "Capital", "Coast", "Borders", "Lakes", "Marches")


@dataclass(frozen=True)
class Shape:
    organisations: int
    categories: int
    rows: int

    @property
    def periods(self):
        return 12 * len(YEARS)

    @property
    def dimensions(self):
        """In the order in which a cell's number counts them."""
        return (self.organisations, self.periods, self.categories, len(RECURRENCES), len(MEASURES))

    @property
    def cells(self):
        return self.organisations * self.periods * self.categories * len(RECURRENCES) * len(MEASURES)

    def organisation(self, number):
        return f"BODY{number + 1:05d}"

    def region(self, number):
        return REGIONS[number % len(REGIONS)]

    def category(self, number):
        return f"Programme {number + 1:02d} commissioning"

    def period(self, number):
        year = YEARS[number // 12]
        return f"{year}-{(year + 1) % 100:02d} M{number % 12 + 1}"


def national(scale=1):
    """211 organisations over two years; `scale` 20 is a twentieth of the rows."""
    return Shape(organisations=211, categories=40, rows=10_000_000) if scale == 1 else Shape(
        organisations=211, categories=40 // min(scale, 10), rows=10_000_000 // scale)


def small_returns(organisations):
    """Few figures for each of many organisations, each figure in a row of its own."""
    shape = Shape(organisations=organisations, categories=2, rows=0)
    return Shape(organisations=organisations, categories=2, rows=shape.cells)
