"""SPEC.md in Python, slowly and plainly: frames, replies, messages, programmes, pictures."""
import datetime
import hashlib

COLOURS = ["mono", "dual", "rgb"]
FORMATS = ["mono1", "dual2", "index1", "index2", "index4", "index8", "rgb24"]
BITS = {"mono1": 1, "index1": 1, "index2": 2, "index4": 4, "index8": 8}
UNITS = ["Y", "m", "d", "weekday", "H", "M", "S"]
LETTERS = {".": (0, 0, 0), "r": (255, 0, 0), "g": (0, 255, 0), "b": (0, 0, 255), "y": (255, 255, 0), "m": (255, 0, 255),
           "c": (0, 255, 255), "w": (255, 255, 255)}


def le(value, count):
    return value.to_bytes(count, "little")


def instant(ms):
    return le(ms, 6)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


# --- 2: frames
def crc32(data):
    crc = 0xFFFFFFFF
    for byte in data:
        for bit in range(8):
            odd = (crc ^ (byte >> bit)) & 1
            crc = (crc >> 1) ^ (0xEDB88320 if odd else 0)
    return crc ^ 0xFFFFFFFF


def cobs(data):
    """Blocks first, bytes afterwards: data plus an imagined zero, split at zeros, runs cut at 254."""
    out = bytearray()
    runs = data.split(b"\0")
    for index, run in enumerate(runs):
        last = index == len(runs) - 1
        while len(run) >= 254:
            out += b"\xff" + run[:254]
            run = run[254:]
            if not run and last:
                return bytes(out)
        out += bytes([len(run) + 1]) + run
    return bytes(out)


def content(version, address, seq, verb, payload):
    head = bytes([version, address]) + le(seq, 2) + bytes([verb]) + payload
    return head + le(crc32(head), 4)


def frame(inside):
    return b"\0" + cobs(inside) + b"\0"


# --- 3: replies
def crc16(data):
    crc = 0xFFFF
    for byte in data:
        for bit in range(7, -1, -1):
            top = ((crc >> 15) ^ (byte >> bit)) & 1
            crc = (crc << 1) & 0xFFFF
            if top:
                crc ^= 0x1021
    return crc


def reply(seq, ok, fields):
    text = " ".join([f"{seq:04x}", "OK" if ok else "ERR"] + [f"{key}={value}" for key, value in fields.items()])
    return f"{text} *{crc16(text.encode()):04x}\r\n".encode()


# --- 5: messages
def pack(lines, bits, value_of):
    out = b""
    for line in lines:
        number = 0
        for sign in line:
            number = (number << bits) | value_of(sign)
        pad = -len(line) * bits % 8
        out += (number << pad).to_bytes((len(line) * bits + pad) // 8, "big")
    return out


def pixels_of(page):
    lines, fmt, letters = page["rows"], page["format"], page["letters"]
    if fmt == "mono1":
        return pack(lines, 1, lambda sign: int(sign == "@"))
    if fmt == "dual2":
        return pack(lines, 1, lambda sign: int(sign in "ry")) + pack(lines, 1, lambda sign: int(sign in "gy"))
    if fmt == "rgb24":
        return b"".join(bytes(LETTERS[sign]) for line in lines for sign in line)
    return pack(lines, BITS[fmt], lambda sign: letters.index(sign) if sign in letters else len(letters))


def duration(page):
    size = len(page["rows"][0]) if page["motion"] == 1 else len(page["rows"])
    return page["holdMs"] + (size * page["msPerPx"] if page["motion"] else 0)


def field_bytes(field):
    head = bytes([field["cellWidth"], field["cellHeight"], *field["ink"], len(field["cells"])]) + le(len(field["glyphs"]), 2)
    atlas = b"".join(pack(glyph, 1, lambda sign: int(sign == "@")) for glyph in field["glyphs"])
    cells = b"".join(
        le(cell["x"], 2) + le(cell["y"], 2) + bytes([UNITS.index(cell["unit"]), int(cell["blankZero"])])
        + le(cell["divisor"], 2) + le(cell["modulus"], 2) + le(cell["base"], 2) for cell in field["cells"])
    return head + atlas + cells


def message(shape, pages):
    width, height, colour = shape
    out = b"BCM1" + le(width, 2) + le(height, 2) + bytes([COLOURS.index(colour) + 1, 0]) + le(len(pages), 2)
    total, seen = 0, None
    for page in pages:
        palette = page["letters"] or ""
        out += le(page["step"], 2) + bytes([page["motion"], FORMATS.index(page["format"]) + 1])
        out += le(len(page["rows"][0]), 2) + le(len(page["rows"]), 2) + le(page["msPerPx"], 2) + le(page["holdMs"], 4)
        out += bytes([int(page["window"] is not None), len(page["fields"])]) + le(len(palette), 2)
        if page["window"]:
            out += instant(page["window"][0]) + instant(page["window"][1])
        out += b"".join(bytes(LETTERS[sign]) for sign in palette) + pixels_of(page)
        out += b"".join(field_bytes(field) for field in page["fields"])
        if page["step"] != seen:
            total += duration(page)
        seen = page["step"]
    return {"shape": shape, "pages": pages, "bytes": out, "hash": sha256(out), "durationMs": total}


def blank(width, height, colour):
    fmt, letters = {"mono": ("mono1", None), "dual": ("dual2", None), "rgb": ("index1", ".")}[colour]
    return [{"step": 0, "motion": 0, "msPerPx": 0, "holdMs": 1000, "window": None, "fields": [],
             "format": fmt, "rows": ["." * width] * height, "letters": letters}]


def civil_names(pages):
    return [{**page, "motion": ["hold", "scroll-left", "scroll-up"][page["motion"]]} for page in pages]


# --- 6: programmes
def programme(shape, base, end, hashes, spans):
    width, height, colour = shape
    out = b"BCP1" + le(width, 2) + le(height, 2) + bytes([COLOURS.index(colour) + 1, 0])
    out += le(len(hashes), 2) + instant(base) + le(end, 4) + le(len(spans), 2)
    out += b"".join(bytes.fromhex(name) for name in hashes)
    for span in spans:
        out += le(span["startMs"], 4) + le(span["endMs"], 4) + le(span["leadMs"], 4)
        out += span["utcOffsetMin"].to_bytes(2, "little", signed=True) + le(len(span["turns"]), 2)
        out += b"".join(le(index, 2) + le(until, 4) for index, until in span["turns"])
    return out


# --- 5.5, 6.2, 8: what is lit
def dots_of(page):
    """Rows of (red, green, blue); mono's lit dot is (255, 0, 0), dual's has no blue."""
    fmt, letters = page["format"], page["letters"]
    colour = {"@": (255, 0, 0)} if fmt == "mono1" else LETTERS
    known = {sign: LETTERS[sign] for sign in letters} if letters is not None else {".": (0, 0, 0), **colour}
    return [[known.get(sign, (0, 0, 0)) for sign in line] for line in page["rows"]]


def value_of(unit, at, offset):
    moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=at // 1000, minutes=offset)
    return {"Y": moment.year, "m": moment.month, "d": moment.day, "weekday": (moment.weekday() + 1) % 7,
            "H": moment.hour, "M": moment.minute, "S": moment.second}[unit]


def draw_page(page, shape, elapsed, at, offset):
    width, height, colour = shape
    source = dots_of(page)
    moved = max(0, elapsed - page["holdMs"]) // page["msPerPx"] if page["motion"] else 0
    dx, dy = (moved, 0) if page["motion"] == 1 else (0, moved)
    canvas = [[source[(y + dy) % len(source)][(x + dx) % len(source[0])] for x in range(width)] for y in range(height)]
    for field in page["fields"]:
        for cell in field["cells"]:
            quotient = value_of(cell["unit"], at, offset) // cell["divisor"]
            if cell["blankZero"] and quotient == 0:
                continue
            glyph = field["glyphs"][quotient % cell["modulus"] + cell["base"]]
            for y, line in enumerate(glyph):
                for x, sign in enumerate(line):
                    if sign == "@":
                        below = canvas[cell["y"] + y][cell["x"] + x]
                        over = tuple(255 if ink else dot for ink, dot in zip(field["ink"], below))
                        canvas[cell["y"] + y][cell["x"] + x] = tuple(field["ink"]) if colour == "rgb" else over
    return canvas


def canvas_at(message_, elapsed, at, offset):
    steps = {}
    for page in message_["pages"]:
        steps.setdefault(page["step"], []).append(page)
    for number in sorted(steps):
        if elapsed < duration(steps[number][0]):
            for page in steps[number]:
                if page["window"] is None or page["window"][0] <= at < page["window"][1]:
                    return draw_page(page, message_["shape"], elapsed, at, offset)
            return None
        elapsed -= duration(steps[number][0])
    return None


def pack_canvas(shape, canvas):
    width, height, colour = shape
    canvas = canvas or [[(0, 0, 0)] * width] * height
    if colour == "rgb":
        return b"".join(bytes(dot) for line in canvas for dot in line)
    planes = [pack(canvas, 1, lambda dot, plane=plane: int(dot[plane] > 0)) for plane in range(2 if colour == "dual" else 1)]
    return b"".join(planes)


def picture(shape, base, end, messages, spans, at):
    """(message hash or None, frame bytes)."""
    after = at - base
    if 0 <= after < end:
        for span in spans:
            if span["startMs"] <= after < span["endMs"]:
                place = (span["leadMs"] + after - span["startMs"]) % span["turns"][-1][1]
                began = 0
                for index, until in span["turns"]:
                    if place < until:
                        canvas = canvas_at(messages[index], place - began, at, span["utcOffsetMin"])
                        return messages[index]["hash"], pack_canvas(shape, canvas)
                    began = until
    return None, pack_canvas(shape, None)


def rows(shape, lit):
    width, height, colour = shape
    names = {dot: sign for sign, dot in LETTERS.items()}
    if colour == "rgb":
        return ["".join(names[tuple(lit[(y * width + x) * 3:(y * width + x) * 3 + 3])] for x in range(width)) for y in range(height)]
    stride = (width + 7) // 8
    bit = lambda plane, x, y: lit[plane * stride * height + y * stride + x // 8] >> (7 - x % 8) & 1
    if colour == "mono":
        return ["".join(".@"[bit(0, x, y)] for x in range(width)) for y in range(height)]
    return ["".join(".rgy"[bit(0, x, y) + 2 * bit(1, x, y)] for x in range(width)) for y in range(height)]
