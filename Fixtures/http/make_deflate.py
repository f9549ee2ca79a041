"""Writes deflate.txt: gzip members made by zlib at every level and strategy, of contents that the tests make too.

Each line is `level strategy content size member`, the member in hexadecimal. Run it in this folder. With a number it writes
deflate-large.txt instead, with so many more sizes of each content: the tests read it where PARLEY_DEFLATE names it.
"""
import sys
import zlib

STRATEGIES = {"default": 0, "filtered": 1, "huffman": 2, "rle": 3, "fixed": 4}


def random_bytes(size):
    state = 1
    for _ in range(size):
        state = (state * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        yield state >> 56


def words(size):
    table = [b"alpha ", b"beta ", b"gamma ", b"delta\n", b"epsilon, ", b"zeta. ", b"\xe4\xbd\xa0\xe5\xa5\xbd", b"theta "]
    return b"".join(table[byte >> 5] for byte in random_bytes(size))[:size]


CONTENTS = {
    "zeros": lambda size: bytes(size),
    "random": lambda size: bytes(random_bytes(size)),
    "words": words,
    # Distances of every size up to the window's: a pattern that returns after ever longer runs.
    "returns": lambda size: b"".join(b"needle%d" % i + bytes((j * 7 + i) & 255 for j in range(i * 37 % 5000)) for i in range(200))[:size],
}
SIZES = {"zeros": [0, 1, 70000], "random": [200], "words": [5, 1500], "returns": [20000]}


def main():
    extra = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    lines = []
    for name, make in CONTENTS.items():
        for size in SIZES[name] + [37 * i * i + i for i in range(extra)]:
            for strategy, number in STRATEGIES.items():
                for level in range(10):
                    compressor = zlib.compressobj(level, zlib.DEFLATED, 31, 8, number)
                    member = compressor.compress(make(size)) + compressor.flush()
                    if extra or len(member) < 900 or (level, strategy) in [(0, "default"), (9, "default"), (6, "fixed")] and size < 30000:
                        lines.append(f"{level} {strategy} {name} {size} {member.hex()}\n")
    with open("deflate-large.txt" if extra else "deflate.txt", "w") as file:
        file.writelines(dict.fromkeys(lines))


main()
