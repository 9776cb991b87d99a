"""Golly as a second oracle: soups and patterns from the same file through bgolly and through --batch, cell for cell.

    golly.py PROGRAM FOLDER_OF_PATTERNS

Ends with 77 (skipped) where there is no bgolly. bgolly writes RLE of the living cells' box without
saying where it stood, so HashLife is asked for a macrocell file, which knows; that becomes RLE with #CXRLE Pos and is read
by our program. Rules with B0 are for QuickLife alone: there the soups are large and fill their universes.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

GENERATIONS = 200

SIDES = [(1, 1), (1, 7), (5, 1), (2, 2), (2, 9), (3, 5), (31, 33), (63, 65), (64, 64), (65, 127), (127, 128), (129, 33),
         (513, 40), (1000, 61)]
RULES = ["B3/S23", "B36/S23", "B2/S", "B3/S12345678", "B1357/S1357", "B3678/S34678", "B45678/S2345"]
# Not on a plane, there is no such universe; and in even generations, as Golly turns the others inside out. Those that have
# S8, too, are turned inside out by Golly from the start, soup and all: there is nothing to compare.
B0_RULES = ["B03/S23", "B0/S", "B0246/S1357"]
B0_SIDES = [(31, 33), (65, 127), (513, 40)]


def living_cells(macrocell):
    """The cells of Golly's macrocell format (Golly's help, "File formats"). Its middle is (0, 1): rows count upwards there."""
    nodes = [None]
    lines = [line for line in macrocell.splitlines() if line and line[0] not in "[#"]
    for line in lines:
        if line[0] in ".*$":
            rows = line.split("$")
            nodes.append((3, [(x, y) for y, row in enumerate(rows) for x, c in enumerate(row) if c == "*"]))
        else:
            nodes.append(tuple(int(number) for number in line.split()))

    cells = []
    pending = []
    if lines:
        half = 2 ** (nodes[-1][0] - 1)
        pending.append((len(nodes) - 1, -half, 1 - half))
    while pending:
        index, left, top = pending.pop()
        node = nodes[index]
        if isinstance(node[1], list):
            cells += [(left + x, top + y) for x, y in node[1]]
            continue
        half = 2 ** (node[0] - 1)
        for child, x, y in zip(node[1:], (0, half, 0, half), (0, 0, half, half)):
            if child:
                pending.append((child, left + x, top + y))
    return cells


def rle(cells, rule):
    """One token a cell is enough."""
    if not cells:
        return f"x = 1, y = 1, rule = {rule}\nb!\n"
    left, top = min(x for x, _ in cells), min(y for _, y in cells)
    right, bottom = max(x for x, _ in cells), max(y for _, y in cells)
    alive = set(cells)
    rows = ["".join("o" if (x, y) in alive else "b" for x in range(left, right + 1)) for y in range(top, bottom + 1)]
    return (f"#CXRLE Pos={left},{top}\nx = {right - left + 1}, y = {bottom - top + 1}, rule = {rule}\n"
            + "$\n".join(rows) + "!\n")


class Comparison:
    def __init__(self, program, scratch):
        self.program = program
        self.scratch = pathlib.Path(scratch)
        self.compared = 0
        self.differing = []

    def batch(self, *arguments):
        done = subprocess.run([self.program, "--batch", *map(str, arguments)], capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"--batch {' '.join(map(str, arguments))}: {done.stderr}")
        return json.loads(done.stdout)

    def golly(self, algorithm, generations, begin, after):
        after.unlink(missing_ok=True)
        done = subprocess.run(["bgolly", "-q", "-q", "-a", algorithm, "-m", str(generations), "-o", after, begin],
                              capture_output=True, text=True, timeout=120)
        if done.returncode != 0:
            raise RuntimeError(f"bgolly: {done.stdout}{done.stderr}")

    def compare(self, name, generations, *start, algorithm="HashLife"):
        """From the universe that `start`, arguments of --batch, describes."""
        begin, theirs, back = self.scratch / "begin.rle", self.scratch / "theirs.mc", self.scratch / "back.rle"
        self.batch(0, *start, "--output", begin)
        ours = self.batch(generations, begin)
        if algorithm == "HashLife":
            self.golly(algorithm, generations, begin, theirs)
            cells = living_cells(theirs.read_text())
            width, height = map(int, ours["rule"].split(":")[1][1:].split(","))
            if any(not (0 <= x + width // 2 < width and 0 <= y + height // 2 < height) for x, y in cells):
                raise RuntimeError(f"{name}: cells outside the universe; has the macrocell format changed?")
            back.write_text(rle(cells, ours["rule"]))
        else:
            self.golly(algorithm, generations, begin, back)
        read_back = self.batch(0, back)
        self.compared += 1
        if (read_back["stateHash"], read_back["rule"]) != (ours["stateHash"], ours["rule"]):
            self.differing.append(name)
            print(f"differs: {name}: {ours['population']} cells, bgolly {read_back['population']}")


def main():
    program, patterns = sys.argv[1], pathlib.Path(sys.argv[2])
    if shutil.which("bgolly") is None:
        print("bgolly is not installed (Debian's package golly)")
        return 77

    with tempfile.TemporaryDirectory() as scratch:
        comparison = Comparison(program, scratch)
        for number, (width, height) in enumerate(SIDES):
            for shape in "TP":
                # Conway's own always, of the others two.
                others = RULES[1:]
                for rule in [RULES[0], others[2 * number % len(others)], others[(2 * number + 1) % len(others)]]:
                    bounded = f"{rule}:{shape}{width},{height}"
                    comparison.compare(bounded, GENERATIONS, "--soup", f"35,{number}", "--rule", bounded)

        for rule in B0_RULES:
            for width, height in B0_SIDES:
                bounded = f"{rule}:T{width},{height}"
                comparison.compare(bounded, GENERATIONS, "--soup", "35,1", "--rule", bounded, algorithm="QuickLife")

        for file in sorted(patterns.glob("*/*.rle")):
            header = re.search(r"^x *= *(\d+), *y *= *(\d+)(?:, *rule *= *([^:\s]+))?\s*$", file.read_text(), re.MULTILINE)
            width, height = int(header[1]), int(header[2])
            room = 2 * GENERATIONS + 3 # nothing that moves touches an edge
            bounded = f"{header[3] or 'B3/S23'}:P{width + room},{height + room}"
            comparison.compare(file.stem, GENERATIONS, file, "--rule", bounded)

    print(f"{comparison.compared} universes compared with bgolly, {len(comparison.differing)} differ")
    return 1 if comparison.differing or comparison.compared < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
