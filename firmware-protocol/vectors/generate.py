#!/usr/bin/env python3
"""Writes the JSON files beside it, from SPEC.md alone: it shares no line with either end of the protocol.

Run it after a change of SPEC.md only, and read the difference: the files are the authority, this script is how they were
computed. Python 3.9 or later, no packages.
"""
import datetime
import json
import pathlib

from panel import PanelModel
from wire import (
    blank, civil_names, cobs, content, crc16, crc32, frame, instant, message, picture, programme, reply, rows, sha256,
    travel,
)

HERE = pathlib.Path(__file__).parent
MONDAY = 1509928190000  # 2017-11-06T00:29:50Z, 08:29:50 in Shanghai


def write(name, about, **parts):
    text = json.dumps({"about": about, **parts}, ensure_ascii=False, indent=1)
    (HERE / name).write_text(text + "\n", encoding="utf-8")


# --- Frames to the panel (SPEC 2, 4) ---------------------------------------------------------------------------------
def hash_of(number):
    return sha256(bytes([number]))


def command(name, code, seq, address, payload, **meaning):
    inside = content(1, address, seq, code, payload)
    return {"name": name, "seq": seq, "address": address, "command": meaning, "verb": code,
            "payload": payload.hex(), "hex": frame(inside).hex()}


def chunk(number, total, offset, data):
    return bytes.fromhex(hash_of(number)) + total.to_bytes(4, "little") + offset.to_bytes(4, "little") + data


ramp = bytes(range(1, 256)) * 4
commands = [
    command("HELLO", 1, 1, 1, b"", verb="hello"),
    command("HELLO to address 254, last sequence number", 1, 0xFFFF, 254, b"", verb="hello"),
    command("CLOCK 2017-11-06T00:29:50Z", 2, 2, 1, instant(MONDAY), verb="clock", timeMs=MONDAY),
    command("CLOCK, 48 bits of ones", 2, 3, 1, b"\xff" * 6, verb="clock", timeMs=2**48 - 1),
    command("CLOCK to all panels: no reply", 2, 4, 0, instant(MONDAY), verb="clock", timeMs=MONDAY),
    command("HAVE of nothing", 3, 5, 1, b"", verb="have", hashes=[]),
    command("HAVE of three", 3, 6, 1, b"".join(bytes.fromhex(hash_of(n)) for n in range(3)),
            verb="have", hashes=[hash_of(n) for n in range(3)]),
    command("PUT of a whole small message", 4, 7, 1, chunk(1, 5, 0, b"\0\1\0\2\0"),
            verb="put", hash=hash_of(1), total=5, offset=0, data="0001000200"),
    command("PUT, the longest payload, no zero in its data", 4, 8, 1, chunk(1, 100000, 984, ramp[:984]),
            verb="put", hash=hash_of(1), total=100000, offset=984, data=ramp[:984].hex()),
    command("PUT, the longest payload, all zero", 4, 9, 1, chunk(2, 2**32 - 1, 2**32 - 985, bytes(984)),
            verb="put", hash=hash_of(2), total=2**32 - 1, offset=2**32 - 985, data=bytes(984).hex()),
    command("PUT without data", 4, 10, 1, chunk(3, 10, 10, b""), verb="put", hash=hash_of(3), total=10, offset=10, data=""),
    command("STAGE", 5, 11, 1, chunk(4, 26, 0, b"BCP1"), verb="stage", hash=hash_of(4), total=26, offset=0, data=b"BCP1".hex()),
    command("ACTIVATE", 6, 12, 1, bytes.fromhex(hash_of(4)), verb="activate", hash=hash_of(4)),
    command("STATUS", 7, 13, 1, b"", verb="status"),
    command("BLANK, dark", 8, 14, 1, b"\1", verb="blank", dark=True),
    command("BLANK, light", 8, 15, 1, b"\0", verb="blank", dark=False),
    command("sequence number 256: a zero in its low byte", 7, 0x100, 1, b"", verb="status"),
]
stuffing = [{"name": name, "plain": plain.hex(), "stuffed": cobs(plain).hex()} for name, plain in [
    ("nothing", b""), ("one zero", b"\0"), ("two zeros", b"\0\0"), ("no zero", b"\1\2\3"), ("zero last", b"\x11\0"),
    ("zero first", b"\0\x11"), ("253 bytes without zero", ramp[:253]), ("254 bytes without zero", ramp[:254]),
    ("255 bytes without zero", ramp[:255]), ("254 bytes, then a zero", ramp[:254] + b"\0"), ("508 bytes without zero", ramp[:254] * 2),
]]
write("commands.json", "SPEC 2 and 4: each command's frame. `command` is its meaning, `verb` and `payload` what the frame holds.",
      commands=commands, stuffing=stuffing)

# --- Replies (SPEC 3) ------------------------------------------------------------------------------------------------
status = {"time": str(MONDAY), "prog": hash_of(4), "msg": hash_of(1), "why": "turn", "crc": "0badcafe", "boot": "5eed0001", "dark": "0"}
good = [
    ("CLOCK", 2, True, {"time": str(MONDAY)}),
    ("HELLO", 1, True, {"proto": "1", "id": "east-gate", "w": "384", "h": "32", "colour": "mono", "ram": "4194304", "messages": "512",
                        "programme": "524288", "payload": "1024", "boot": "5eed0001", "fw": "1.0"}),
    ("HELLO with extensions of a later day", 1, True, {"proto": "1", "ext": "auth,window,lock", "x-temp2": "41.5"}),
    ("HAVE", 6, True, {"have": "101"}),
    ("HAVE of nothing", 5, True, {"have": "-"}),
    ("PUT under way", 8, True, {"got": "984", "done": "0"}),
    ("STATUS", 13, True, status),
    ("STATUS of a bare panel", 13, True, {**status, "time": "0", "prog": "-", "msg": "-", "why": "bare", "crc": "00000000"}),
    ("last sequence number", 0xFFFF, True, {"dark": "1"}),
    ("a refusal", 9, False, {"code": "offset", "got": "984"}),
    ("a refusal without more", 10, False, {"code": "verb"}),
    ("a value with every kind of sign", 11, False, {"code": "full", "need": "9", "say": "*=\"~!"}),
    ("no fields", 12, True, {}),
]
line = reply(2, True, {"time": "5"})[:-2].decode()
body = "0002 OK time=5"


def summed(text):
    return f"{text} *{crc16(text.encode()):04x}"


bad = [
    ("one character changed", line.replace("5", "6", 1)), ("sum changed", line[:-1] + ("0" if line[-1] != "0" else "1")),
    ("cut off", line[:-2]), ("without sum", body), ("nothing", ""), ("upper case seq", summed("00AB OK time=5")),
    ("three digits of seq", summed("002 OK time=5")), ("other word", summed("0002 YES time=5")), ("two spaces", summed("0002 OK  time=5")),
    ("key without value", summed("0002 OK time=")), ("value without key", summed("0002 OK =5")), ("key of capitals", summed("0002 OK Time=5")),
    ("a control sign in a value", summed("0002 OK time=5\x07")), ("space at the end", summed("0002 OK time=5") + " "),
    ("two replies in one line", line + line), ("upper case sum", body + f" *{crc16(body.encode()):04X}"),
]
bad = [(name, text) for name, text in bad if not (name == "upper case sum" and text == line)]
write("replies.json", "SPEC 3: reply lines and what they say; then lines that say nothing.",
      checkValue={"text": "123456789", "crc16": f"{crc16(b'123456789'):04x}", "crc32": f"{crc32(b'123456789'):08x}"},
      replies=[{"name": n, "seq": s, "ok": ok, "fields": f, "hex": reply(s, ok, f).hex()} for n, s, ok, f in good],
      damaged=[{"name": n, "line": text} for n, text in bad])

# --- Damaged streams to the panel (SPEC 2.1, 2.3) --------------------------------------------------------------------
a, b = (frame(content(1, 1, seq, 7, b"")) for seq in (0x21, 0x22))
full = frame(content(1, 1, 0x23, 4, chunk(1, 984, 0, ramp[:984])))
flip = bytes([*a[:6], a[6] ^ 0x10, *a[7:]])
streams = [
    ("two frames", a + b, [0x21, 0x22], 0),
    ("two frames that share one zero", a + b[1:], [0x21, 0x22], 0),
    ("idle zeros", b"\0" * 9 + a + b"\0" * 9, [0x21], 0),
    ("one bit flipped costs its frame only", flip + b, [0x22], 1),
    ("noise before", b"\x55\xaa\x03" + a, [0x21], 1),
    ("cut off inside a block, then whole", a[:5] + b, [0x22], 1),
    ("a lost last zero: the next one's first serves", a[:-1] + b, [0x21, 0x22], 0),
    ("both zeros between lost: two frames are one, and lost", a[:-1] + b[1:], [], 1),
    ("a zero inside a frame", a[:6] + b"\0" + a[6:] + b, [0x22], 2),
    ("content of 8 bytes", frame(b"\1\1\0\0\0\0\0\0") + a, [0x21], 1),
    ("endless noise without a zero", b"\x42" * 5000 + a, [0x21], 1),
    ("payload of 1,024 bytes", full, [0x23], 0),
    ("payload of 1,025 bytes", frame(content(1, 1, 0x24, 4, bytes(1025))) + a, [0x21], 1),
    ("a block of code 1 after a last block of code 255", b"\0" + cobs(content(1, 1, 0x2525, 0x33, ramp[:245])) + b"\1\0", [0x2525], 0),
]
write("damaged.json", "SPEC 2: bytes to a panel, the sequence numbers of the frames that it must find, and how many it must count as damaged.",
      streams=[{"name": n, "hex": s.hex(), "frames": f, "damaged": d} for n, s, f, d in streams])

# --- Messages (SPEC 5) -----------------------------------------------------------------------------------------------
def art(lines, fmt, letters=None):
    return {"format": fmt, "rows": lines, "letters": letters}


hold = {"step": 0, "motion": 0, "msPerPx": 0, "holdMs": 1000, "window": None, "fields": []}
A = art(["@......@", ".@@@@@@."], "mono1")
strip = art(["@.@.......@@..", "..@.@......@.."], "mono1")
tall = art(["@.......", ".@......", "..@.....", "...@....", "....@..."], "mono1")
digits = [["@@@", "@.@", "@@@"], [".@.", ".@.", ".@."], ["@@.", ".@.", ".@@"], ["@@.", ".@@", "@@."], ["@.@", "@@@", "..@"],
          [".@@", ".@.", "@@."], ["@..", "@@@", "@@@"], ["@@@", "..@", "..@"], ["@@@", "@@@", "@@@"], ["@@@", "@@@", "..@"]]


def field(unit, at, ink=(255, 0, 0), blank_zero=False):
    cells = [{"x": at[0], "y": at[1], "unit": unit, "blankZero": blank_zero, "divisor": 10, "modulus": 10, "base": 0},
             {"x": at[0] + 4, "y": at[1], "unit": unit, "blankZero": False, "divisor": 1, "modulus": 10, "base": 0}]
    return {"cellWidth": 3, "cellHeight": 3, "ink": ink, "glyphs": digits, "cells": cells}


def moves(name, direction, ms_per_px):
    return {"name": name, "direction": direction, "msPerPx": ms_per_px}


mono = (8, 2, "mono")
wide = (16, 8, "mono")
EMPTY = ["." * 16] * 8
RGB = "..rgbw.."
pages = {
    "one page that holds": (mono, [{**hold, **A}]),
    "two steps": (mono, [{**hold, **A}, {**hold, **art(["@@@@@@@@", "........"], "mono1"), "step": 1, "holdMs": 1}]),
    "scrolls left": (mono, [{**hold, **strip, "motion": 1, "msPerPx": 20, "holdMs": 100}]),
    "scrolls left, as wide as the panel": (mono, [{**hold, **A, "motion": 1, "msPerPx": 1, "holdMs": 0}]),
    "scrolls up": (mono, [{**hold, **tall, "motion": 2, "msPerPx": 50, "holdMs": 0}]),
    "day-windowed alternatives": (mono, [
        {**hold, **A, "window": [MONDAY, MONDAY + 5000]},
        {**hold, **art(["........", "@@@@@@@@"], "mono1"), "window": [MONDAY + 6000, MONDAY + 9000]}]),
    "a clock and a date": (wide, [{**hold, **art(EMPTY, "mono1"), "holdMs": 60000,
                                   "fields": [field("H", (0, 0)), field("M", (8, 0)), field("m", (0, 4), blank_zero=True), field("d", (8, 4))]}]),
    "weekday, second, century": (wide, [{**hold, **art(EMPTY, "mono1"), "holdMs": 60000, "fields": [
        field("S", (0, 0)), field("weekday", (8, 0), blank_zero=True),
        {**field("Y", (0, 4)), "cells": [{"x": 0, "y": 4, "unit": "Y", "blankZero": False, "divisor": 1000, "modulus": 10, "base": 0},
                                         {"x": 4, "y": 4, "unit": "Y", "blankZero": False, "divisor": 1, "modulus": 4, "base": 3}]}]}]),
    "red and green": ((8, 3, "dual"), [{**hold, **art(["rrggyy..", "..yyrrgg", "........"], "dual2"), "fields": [
        {**field("S", (0, 0), ink=(255, 0, 0)), "cells": field("S", (0, 0))["cells"]}]}]),
    "colours by index, 1 bit": ((9, 2, "rgb"), [{**hold, **art([".r.r.r.r.", "r.r.r.r.r"], "index1", ".r")}]),
    "colours by index, 2 bits": ((5, 2, "rgb"), [{**hold, **art([".rgb.", "bgr.b"], "index2", ".rgb")}]),
    "colours by index, 4 bits, strip": ((4, 2, "rgb"), [{**hold, **art(["rgbymcw.r", ".wcmybgr."], "index4", ".rgbymcw"), "motion": 1, "msPerPx": 7}]),
    "colours by index, 8 bits": ((4, 2, "rgb"), [{**hold, **art(["rgbw", ".ymc"], "index8", ".rgbymcw")}]),
    "an index past the palette is black": ((4, 1, "rgb"), [{**hold, **art(["r?r?"], "index2", "rg")}]),
    "24-bit colours, scrolling up, field over another page": ((8, 4, "rgb"), [
        {**hold, **art(["rrrrrrrr", "gggggggg", "bbbbbbbb", "wwwwwwww", "........", "yyyyyyyy"], "rgb24"), "motion": 2, "msPerPx": 10},
        {**hold, **art(["bbbbbbbb"] * 4, "rgb24"), "step": 1, "fields": [field("S", (0, 1), ink=(255, 255, 0))]}]),
    "blank": (mono, blank(8, 2, "mono")),
    "scrolls right": (mono, [{**hold, **strip, "motion": 3, "msPerPx": 20, "holdMs": 100}]),
    "scrolls down": (mono, [{**hold, **tall, "motion": 4, "msPerPx": 50, "holdMs": 20}]),
    "enters from the right edge and leaves over the left": (mono, [
        {**hold, **art(["........@.@@", "..........@."], "mono1"), "motion": 1, "msPerPx": 30, "holdMs": 0}]),
    "blinks at 3 Hz": (mono, [{**hold, **A, "motion": 5, "msPerPx": 167, "holdMs": 1002}]),
    "blinks twice, then holds": (mono, [{**hold, **A, "motion": 5, "msPerPx": 250, "holdMs": 1000}, {**hold, **A, "step": 1}]),
    "wiped in, pushed out, with its clock": ((16, 8, "mono"), [
        {**hold, **art(["@" + "." * 14 + "@"] * 8, "mono1"), "fields": [field("S", (5, 2))],
         "entry": moves("wipe", "right", 10), "exit": moves("push", "up", 5)}]),
    "entry only, in a window": (mono, [{**hold, **A, "window": [MONDAY, MONDAY + 5000], "entry": moves("reveal", "horizontal", 3)}]),
    "exit only, no wider than needed": ((7, 3, "rgb"), [{**hold, **art(["rgbymcw", "wcmybgr", "rrrgggb"], "index4", ".rgbymcw"),
                                                       "exit": moves("reveal", "vertical", 9)}]),
    **{f"{name} {direction}, in and out": ((11, 5, "dual"), [{**hold, "holdMs": 2000, **art(
        ["rgyrgyrgyrg", "yyyyyyyyyyy", "r.........g", ".ggggggggg.", "r.g.y.r.g.y"], "dual2"),
        "entry": moves(name, direction, 7), "exit": moves(name, direction, 4)}])
       for name, ways in [("wipe", "left right up down"), ("push", "left right up down"), ("reveal", "horizontal vertical")]
       for direction in ways.split()},
}
built = {name: message(shape, parts) for name, (shape, parts) in pages.items()}
base_bytes = built["one page that holds"]["bytes"]


def patched(at, value, length=1, of="one page that holds"):
    raw = bytearray(built[of]["bytes"])
    raw[at:at + length] = value.to_bytes(length, "little")
    return bytes(raw)


invalid = [
    ("no bytes", b""), ("magic", patched(0, 0x43)), ("cut off by one", base_bytes[:-1]), ("one byte too many", base_bytes + b"\0"),
    ("width 0", patched(4, 0, 2)), ("width 4097", patched(4, 4097, 2)), ("colour 0", patched(8, 0)), ("colour 4", patched(8, 4)),
    ("the byte after the colour", patched(9, 1)), ("no page", patched(10, 0, 2)[:12]), ("two pages announced, one there", patched(10, 2, 2)),
    ("first step is 1", patched(12, 1, 2)), ("scrolls right without speed", patched(14, 3)), ("motion 6", patched(14, 6)), ("format 0", patched(15, 0)), ("format 8", patched(15, 8)),
    ("dual pixels on mono", patched(15, 2)), ("bitmap narrower than the panel", patched(16, 7, 2)), ("speed on a held page", patched(20, 1, 2)),
    ("held for 0 ms", patched(22, 0, 4)), ("held for 2^31 ms", patched(22, 2**31, 4)), ("transitions announced, none there", patched(26, 2)), ("flag 4", patched(26, 4)),
    ("nine fields", patched(27, 9)), ("palette on mono", patched(28, 1, 2)),
    ("padding bit set", message((5, 1, "mono"), [{**hold, **art(["....."], "mono1")}])["bytes"][:-1] + b"\x04"),
    ("scrolls without speed", message(mono, [{**hold, **strip, "motion": 1, "msPerPx": 0}])["bytes"]),
    ("scrolls left, narrower than the panel", message(mono, [{**hold, **art(["@@@@@@@", "......."], "mono1"), "motion": 1, "msPerPx": 5}])["bytes"]),
    ("scrolls up, lower than the panel", message(mono, [{**hold, **art(["@@@@@@@@"], "mono1"), "motion": 2, "msPerPx": 5}])["bytes"]),
    ("empty window", message(mono, [{**hold, **A, "window": [5, 5]}])["bytes"]),
    ("alternatives without windows", message(mono, [{**hold, **A}, {**hold, **A}])["bytes"]),
    ("alternatives that overlap", message(mono, [{**hold, **A, "window": [5, 9]}, {**hold, **A, "window": [8, 12]}])["bytes"]),
    ("alternatives of unequal duration", message(mono, [{**hold, **A, "window": [5, 9]}, {**hold, **A, "window": [9, 12], "holdMs": 7}])["bytes"]),
    ("a step left out", message(mono, [{**hold, **A}, {**hold, **A, "step": 2}])["bytes"]),
    ("three steps of 2^31 − 1 ms", message(mono, [{**hold, **A, "step": n, "holdMs": 2**31 - 1} for n in range(3)])["bytes"]),
    ("field on a scrolling page", message(wide, [{**hold, **art(EMPTY, "mono1"), "motion": 1, "msPerPx": 5, "fields": [field("H", (0, 0))]}])["bytes"]),
    ("field outside the panel", message(wide, [{**hold, **art(EMPTY, "mono1"), "fields": [field("H", (10, 0))]}])["bytes"]),
    ("rule past its glyphs", message(wide, [{**hold, **art(EMPTY, "mono1"), "fields": [
        {**field("H", (0, 0)), "cells": [{"x": 0, "y": 0, "unit": "H", "blankZero": False, "divisor": 1, "modulus": 10, "base": 1}]}]}])["bytes"]),
    ("divisor 0", message(wide, [{**hold, **art(EMPTY, "mono1"), "fields": [
        {**field("H", (0, 0)), "cells": [{"x": 0, "y": 0, "unit": "H", "blankZero": False, "divisor": 0, "modulus": 1, "base": 0}]}]}])["bytes"]),
    ("index format without palette", message((4, 1, "rgb"), [{**hold, **art(["...."], "index2", "")}])["bytes"]),
    ("palette longer than the index", message((8, 1, "rgb"), [{**hold, **art(["........"], "index1", ".rg")}])["bytes"]),
]
framed = {**hold, **A, "entry": moves("wipe", "left", 5)}
framed_bytes = message(mono, [framed])["bytes"]


def with_transitions(raw):
    """The entry and the exit of the message above, eight bytes at 30."""
    return framed_bytes[:30] + raw + framed_bytes[38:]


def steps(*pages_):
    return message(mono, [{**hold, **A, **page, "step": number} for number, page in enumerate(pages_)])["bytes"]


def day(number, from_, until):
    return {**hold, **art([f"{number:08b}".replace("0", ".").replace("1", "@"), "........"], "mono1"), "window": [from_, until]}


invalid += [
    ("neither entry nor exit", with_transitions(bytes(8))), ("kind 4", with_transitions(b"\4\0\5\0" + bytes(4))),
    ("direction 6", with_transitions(b"\1\6\5\0" + bytes(4))), ("a wipe to both sides", with_transitions(b"\1\4\5\0" + bytes(4))),
    ("a reveal to the left", with_transitions(b"\3\0\5\0" + bytes(4))), ("an entry without speed", with_transitions(b"\1\0\0\0" + bytes(4))),
    ("an exit without speed", with_transitions(bytes(4) + b"\2\0\0\0")), ("no kind, but a direction", with_transitions(b"\1\0\5\0\0\1\0\0")),
    ("no kind, but a speed", with_transitions(b"\0\0\1\0\1\0\5\0")), ("cut off in its exit", framed_bytes[:36]),
    ("a strip with an entry", message(mono, [{**framed, **strip, "motion": 1, "msPerPx": 5}])["bytes"]),
    ("a page that blinks, with an entry", message(mono, [{**framed, "motion": 5, "msPerPx": 200, "holdMs": 400}])["bytes"]),
    ("alternatives that enter otherwise", message(mono, [
        {**framed, "window": [0, 5000]}, {**framed, "entry": moves("wipe", "right", 5), "window": [5000, 9000]}])["bytes"]),
    ("alternatives, one of which blinks", message(mono, [
        {**hold, **A, "window": [0, 5000]}, {**hold, **A, "window": [5000, 9000], "motion": 5, "msPerPx": 250}])["bytes"]),
    ("entry, hold and exit of 2^31 ms", message(mono, [{**framed, "holdMs": 2**31 - 1 - 39}])["bytes"]),
    ("scrolls right, narrower than the panel", message(mono, [{**hold, **art(["@@@@@@@", "......."], "mono1"), "motion": 3, "msPerPx": 5}])["bytes"]),
    ("scrolls down, lower than the panel", message(mono, [{**hold, **art(["@@@@@@@@"], "mono1"), "motion": 4, "msPerPx": 5}])["bytes"]),
    ("scrolls down without speed", message(mono, [{**hold, **tall, "motion": 4, "msPerPx": 0}])["bytes"]),
    ("blinks faster than 3 Hz", message(mono, [{**hold, **A, "motion": 5, "msPerPx": 166, "holdMs": 996}])["bytes"]),
    ("blinks twice and a half", message(mono, [{**hold, **A, "motion": 5, "msPerPx": 200, "holdMs": 1000}])["bytes"]),
    ("blinks for no time", message(mono, [{**hold, **A, "motion": 5, "msPerPx": 200, "holdMs": 0}])["bytes"]),
    ("a blinking page larger than the panel", message(mono, [{**hold, **strip, "motion": 5, "msPerPx": 200, "holdMs": 400}])["bytes"]),
    ("two pages of 166 ms, round and round", steps({"holdMs": 166}, {"holdMs": 166})),
    ("three pages of 166 ms and one of 167", steps({"holdMs": 166}, {"holdMs": 167}, {"holdMs": 166}, {"holdMs": 166})),
    ("a page that comes and goes in 300 ms", steps({"holdMs": 270, "entry": moves("reveal", "vertical", 10), "exit": moves("reveal", "vertical", 10)},
                                                  {"holdMs": 30})),
    ("four alternatives within a second", message(mono, [day(n, 1000 + n * 300, 1200 + n * 300) for n in range(4)])["bytes"]),
]
write("messages.json", "SPEC 5: a message's bytes, name and duration; `pages` says the same in words. Then bytes that are no message.",
      messages=[{"name": name, "shape": list(shape), "pages": civil_names(parts), "durationMs": built[name]["durationMs"],
                 "hash": built[name]["hash"], "hex": built[name]["bytes"].hex()} for name, (shape, parts) in pages.items()],
      invalid=[{"name": n, "hex": raw.hex()} for n, raw in invalid])

# --- Programmes (SPEC 6) and frames ----------------------------------------------------------------------------------
def span(start, end, lead, offset, *turns):
    return {"startMs": start, "endMs": end, "leadMs": lead, "utcOffsetMin": offset, "turns": [list(turn) for turn in turns]}


def utc(*parts):
    return int(datetime.datetime(*parts, tzinfo=datetime.timezone.utc).timestamp() * 1000)


def edges_of(page):
    """Each picture of an entry and an exit, at its first or its last millisecond in turns."""
    entry, exit_ = travel(page, "entry"), travel(page, "exit")
    began = entry * page["entry"]["msPerPx"]
    gone = began + page["holdMs"]
    coming = [dots * page["entry"]["msPerPx"] + (page["entry"]["msPerPx"] - 1) * (dots % 2) for dots in range(entry)]
    going = [gone + dots * page["exit"]["msPerPx"] + (page["exit"]["msPerPx"] - 1) * (dots % 2) for dots in range(exit_)]
    return [*coming, began, gone - 1, *going, gone + exit_ * page["exit"]["msPerPx"]]


one, two, left, up, days = ("one page that holds", "two steps", "scrolls left", "scrolls up", "day-windowed alternatives")
plays = {
    "gaps, leads, two turns": (mono, MONDAY, 20000, [one, left], [
        span(0, 3000, 0, 480, (0, 1000), (1, 1380)), span(3000, 3001, 1379, 480, (0, 1000), (1, 1380)), span(5000, 9000, 1379, 480, (0, 1000), (1, 1380))],
        [-1, 0, 1, 999, 1000, 1099, 1100, 1101, 1119, 1120, 1121, 1139, 1140, 1379, 1380, 2379, 2380, 2999, 3000, 3001, 4999, 5000, 5001, 8999, 9000, 19999, 20000, 2**32]),
    "scrolls right round": (mono, MONDAY, 5000, [left, up], [span(0, 5000, 0, 0, (0, 380), (1, 630))],
        [0, 100, 119, 120, 219, 220, 359, 360, 361, 379, 380, 429, 430, 579, 580, 629, 630, 631]),
    "turns cut their message, and outlast it": (mono, MONDAY, 9000, [two], [span(0, 9000, 0, 0, (0, 500), (0, 2500))], [0, 499, 500, 1499, 1500, 1501, 2499, 2500]),
    "windows open and close": (mono, MONDAY, 20000, [days], [span(0, 20000, 0, 0, (0, 1000))], [0, 4999, 5000, 5999, 6000, 8999, 9000]),
    "lead and place near 2^32": (mono, MONDAY, 2**32 - 1, [one, two], [span(0, 2**32 - 1, 2**32 - 2, 0, (0, 2**31), (1, 2**32 - 1))], [0, 1, 2, 1000, 1001, 2**32 - 2, 2**32 - 1]),
    "midnight, month, new year, and an offset that changes": (wide, utc(2017, 12, 31, 15, 59, 0), 300000, ["a clock and a date"], [
        span(0, 120000, 0, 480, (0, 60000)), span(120000, 300000, 0, 540, (0, 60000))], [0, 59999, 60000, 60001, 119999, 120000, 180000]),
    "leap day, west of Greenwich": (wide, utc(2024, 2, 29, 4, 59, 59), 90000000, ["a clock and a date", "weekday, second, century"], [
        span(0, 90000000, 0, -300, (0, 60000), (1, 120000))], [0, 999, 1000, 60000, 60001, 61000, 86400000, 86401000]),
    "1970, before local midnight": (wide, 0, 100000, ["a clock and a date", "weekday, second, century"], [
        span(0, 100000, 0, -1, (0, 50000), (1, 100000))], [0, 59999, 60000, 99999]),
    "red and green, with a field in red": ((8, 3, "dual"), MONDAY, 20000, ["red and green"], [span(0, 20000, 0, 0, (0, 1000))], [0, 9999, 10000, 19999, 20000]),
    "true colours": ((8, 4, "rgb"), MONDAY, 60000, ["24-bit colours, scrolling up, field over another page"], [span(0, 60000, 0, 0, (0, 1060))], [0, 9, 10, 45, 59, 60, 1059, 1060]),
    "palette strip": ((4, 2, "rgb"), MONDAY, 60000, ["colours by index, 4 bits, strip", "colours by index, 8 bits"], [span(0, 60000, 0, 0, (0, 1063), (1, 2063))], [0, 1000, 1007, 1056, 1062, 1063]),
    "past the palette": ((4, 1, "rgb"), MONDAY, 1000, ["an index past the palette is black"], [span(0, 1000, 0, 0, (0, 1000))], [0]),
    "no spans": (mono, MONDAY, 0, [], [], [-1, 0, 1]),
    "right and down": (mono, MONDAY, 5000, ["scrolls right", "scrolls down"], [span(0, 5000, 0, 0, (0, 380), (1, 650))],
        [0, 100, 119, 120, 139, 140, 219, 220, 359, 360, 379, 380, 399, 400, 449, 450, 599, 600, 649, 650]),
    "enters and leaves": (mono, MONDAY, 5000, ["enters from the right edge and leaves over the left"], [span(0, 5000, 0, 0, (0, 360))],
        [0, 29, 30, 60, 90, 120, 239, 240, 270, 329, 330, 359, 360]),
    "blinking": (mono, MONDAY, 5000, ["blinks at 3 Hz", "blinks twice, then holds"], [span(0, 5000, 0, 0, (0, 1002), (1, 3002))],
        [0, 166, 167, 333, 334, 500, 501, 835, 1001, 1002, 1251, 1252, 1502, 1752, 2001, 2002, 3001, 3002]),
    "a clock comes and goes": (wide, MONDAY, 9000, ["wiped in, pushed out, with its clock"], [span(0, 9000, 0, 0, (0, 1200))],
        [0, 9, 10, 70, 79, 80, 149, 150, 159, 160, 999, 1159, 1160, 1164, 1165, 1180, 1194, 1195, 1199, 1200]),
    "a window opens and closes over an entry": (mono, MONDAY - 6, 9000, ["entry only, in a window"], [span(0, 9000, 0, 0, (0, 1012))],
        [0, 5, 6, 8, 9, 11, 12, 1011, 1012, 5005, 5006]),
    "a curtain of odd height": ((7, 3, "rgb"), MONDAY, 9000, ["exit only, no wider than needed"], [span(0, 9000, 0, 0, (0, 1018))],
        [0, 999, 1000, 1008, 1009, 1017, 1018]),
    **{name: ((11, 5, "dual"), MONDAY, 9000, [name], [span(0, 9000, 0, 0, (0, built[name]["durationMs"]))],
              edges_of(built[name]["pages"][0])) for name in pages if name.endswith(", in and out")},
}
programmes, frames = [], []
for name, (shape, base, end, names, spans, instants) in plays.items():
    hashes = [built[which]["hash"] for which in names]
    made = programme(shape, base, end, hashes, spans)
    programmes.append({"name": name, "shape": list(shape), "base": base, "endMs": end, "messages": hashes, "spans": spans, "id": sha256(made), "hex": made.hex()})
    shown = []
    for ms in instants:
        which, lit = picture(shape, base, end, [built[one_name] for one_name in names], spans, base + ms)
        shown.append({"at": base + ms, "message": which, "crc": f"{crc32(lit):08x}", "rows": rows(shape, lit)})
    frames.append({"programme": made.hex(), "name": name, "messages": [built[which]["bytes"].hex() for which in names], "instants": shown})

H = [built[one]["hash"], built[left]["hash"]]
loop = span(0, 3000, 0, 480, (0, 1000), (1, 1380))
first = programme(mono, MONDAY, 20000, H, [loop])


def off(at, value, length=1):
    return first[:at] + value.to_bytes(length, "little") + first[at + length:]


def bad_programme(**change):
    return programme(mono, MONDAY, change.get("end", 20000), change.get("hashes", H), change["spans"])


SPAN = 24 + 64
invalid = [
    ("no bytes", b""), ("magic", off(3, 0x32)), ("cut off", first[:-1]), ("one byte too many", first + b"\0"), ("colour 4", off(8, 4)), ("the byte after the colour", off(9, 1)),
    ("height 0", off(6, 0, 2)), ("513 messages", bad_programme(hashes=H * 256 + H[:1], spans=[])), ("span without turns", bad_programme(spans=[span(0, 5, 0, 0)])),
    ("empty span", bad_programme(spans=[span(5, 5, 0, 0, (0, 9))])), ("spans that overlap", bad_programme(spans=[span(0, 5, 0, 0, (0, 9)), span(4, 9, 0, 0, (0, 9))])),
    ("spans out of order", bad_programme(spans=[span(6, 9, 0, 0, (0, 9)), span(0, 5, 0, 0, (0, 9))])), ("span past the end", bad_programme(end=8, spans=[span(0, 9, 0, 0, (0, 9))])),
    ("lead at the loop's end", bad_programme(spans=[span(0, 5, 9, 0, (0, 9))])), ("turn that does not last", bad_programme(spans=[span(0, 5, 0, 0, (0, 9), (1, 9))])),
    ("turn of no message", bad_programme(spans=[span(0, 5, 0, 0, (2, 9))])), ("offset of 1441 minutes", bad_programme(spans=[span(0, 5, 0, 1441, (0, 9))])),
    ("513 turns", bad_programme(spans=[span(0, 5, 0, 0, *[(0, n + 1) for n in range(513)])])),
]
write("programmes.json", "SPEC 6: a programme's bytes and id. A turn is [message, endMs]. Then bytes that are no programme.",
      programmes=programmes, invalid=[{"name": n, "hex": raw.hex()} for n, raw in invalid])
write("frames.json", "SPEC 5.6, 6.2, 7.5, 8: what is lit at an instant. `message` null: nothing is on. "
      "Rows: . black, @ lit (mono); r g y (dual); r g b y m c w (rgb).", plays=frames)

# --- Whole conversations (SPEC 4, 7) ---------------------------------------------------------------------------------
write("dialogues.json", "SPEC 4 and 7: a panel's replies, byte for byte. `panel` is how it is made, `ms` how much of its own time has passed "
      "since its first start; `restart` takes its power away (the next boot id of `panel.boots` holds). No reply: null; "
      "to several commands that come back to back: one behind the other. "
      "HELLO's id, fw and the limits are as in `panel`.", dialogues=PanelModel.dialogues(built, MONDAY, mono))
