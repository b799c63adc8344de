"""SPEC.md in Python, slowly and plainly: frames, replies, messages, programmes, pictures."""
import datetime
import hashlib

COLOURS = ["mono", "dual", "rgb"]
FORMATS = ["mono1", "dual2", "index1", "index2", "index4", "index8", "rgb24"]
BITS = {"mono1": 1, "index1": 1, "index2": 2, "index4": 4, "index8": 8}
MOTIONS = ["hold", "scroll-left", "scroll-up", "scroll-right", "scroll-down", "blink"]
KINDS = [None, "wipe", "push", "reveal"]
DIRECTIONS = ["left", "right", "up", "down", "horizontal", "vertical"]
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


def side(page):
    """Dots of a scroll's whole way."""
    rows_ = page["rows"]
    return {1: len(rows_[0]), 2: len(rows_), 3: len(rows_[0]), 4: len(rows_)}.get(page["motion"], 0)


def travel(page, which):
    """5.4: L of the page's entry or exit; the page has the panel's size."""
    transition = page.get(which)
    if transition is None:
        return 0
    across = len(page["rows"][0]) if transition["direction"] in ("left", "right", "horizontal") else len(page["rows"])
    return -(-across // 2) if transition["name"] == "reveal" else across


def transition_ms(page, which):
    return travel(page, which) * page[which]["msPerPx"] if page.get(which) else 0


def duration(page):
    return transition_ms(page, "entry") + page["holdMs"] + side(page) * page["msPerPx"] + transition_ms(page, "exit")


def transition_bytes(transition):
    if transition is None:
        return bytes(4)
    codes = bytes([KINDS.index(transition["name"]), DIRECTIONS.index(transition["direction"])])
    return codes + le(transition["msPerPx"], 2)


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
        moves = page.get("entry") is not None or page.get("exit") is not None
        out += bytes([int(page["window"] is not None) + 2 * int(moves), len(page["fields"])]) + le(len(palette), 2)
        if page["window"]:
            out += instant(page["window"][0]) + instant(page["window"][1])
        if moves:
            out += transition_bytes(page.get("entry")) + transition_bytes(page.get("exit"))
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
    return [{**page, "motion": MOTIONS[page["motion"]]} for page in pages]


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


def on_its_way(canvas, transition, u, total, leaving):
    """5.4: what entry or exit leave of the page, as a rule for where each dot comes from."""
    height, width, s = len(canvas), len(canvas[0]), total - u
    direction, sideways = transition["direction"], transition["direction"] in ("left", "right", "horizontal")
    length = width if sideways else height

    def place(k):
        """Where dot k along the way comes from, or None for black."""
        if transition["name"] == "reveal":
            return k if s <= k < length - s else None
        backwards = direction in ("left", "up")
        if transition["name"] == "wipe":
            return k if (k >= length - u if backwards != leaving else k < u) else None
        from_ = k - s if backwards != leaving else k + s
        return from_ if 0 <= from_ < length else None

    black = (0, 0, 0)
    if sideways:
        return [[black if place(x) is None else line[place(x)] for x in range(width)] for line in canvas]
    return [[black] * width if place(y) is None else list(canvas[place(y)]) for y in range(height)]


def draw_page(page, shape, elapsed, at, offset):
    whole = elapsed - transition_ms(page, "entry")
    gone = whole - page["holdMs"]
    canvas = draw_standing(page, shape, max(0, whole), at, offset)
    if whole < 0:
        return on_its_way(canvas, page["entry"], elapsed // page["entry"]["msPerPx"], travel(page, "entry"), False)
    if page.get("exit") and gone >= 0:
        total = travel(page, "exit")
        return on_its_way(canvas, page["exit"], total - 1 - gone // page["exit"]["msPerPx"], total, True)
    return canvas


def draw_standing(page, shape, elapsed, at, offset):
    width, height, colour = shape
    source = dots_of(page)
    if page["motion"] == 5 and elapsed // page["msPerPx"] % 2:
        return [[(0, 0, 0)] * width for _ in range(height)]
    moved = max(0, elapsed - page["holdMs"]) // page["msPerPx"] if side(page) else 0
    dx, dy = {1: (moved, 0), 2: (0, moved), 3: (-moved, 0), 4: (0, -moved)}.get(page["motion"], (0, 0))
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
