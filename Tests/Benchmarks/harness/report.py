"""The one table."""


def seconds(value):
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


def megabytes(value):
    return f"{value / 1e6:.0f} MB"


class Table:
    """Rows of (what, ours, peer, ratio, aim); a ratio above 1 is in our favour."""

    def __init__(self):
        self.rows = []

    def compare(self, what, ours, peer, shown=seconds, aim=""):
        self.rows.append((what, shown(ours), shown(peer), f"{peer / ours:.1f}×", aim))

    def state(self, what, ours, shown=seconds, aim=""):
        self.rows.append((what, shown(ours), "", "", aim))

    def peer(self, what, peer, shown=seconds):
        self.rows.append((what, "", shown(peer), "", ""))

    def text(self):
        rows = [("", "ours", "peer", "ratio", "aim"), *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        return "\n".join(
            "  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:4], widths[1:4])), row[4]]).rstrip()
            for row in rows)
