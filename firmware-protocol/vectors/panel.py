"""Conversations with a panel: what SPEC 4 and 7 make it answer, written down by hand; only sums and pictures are computed."""
from wire import content, crc32, frame, instant, le, picture, programme, reply, sha256


class Talk:
    """One conversation: counts sequence numbers, frames the commands, signs the replies."""

    def __init__(self, name, panel):
        self.told = {"name": name, "panel": panel, "steps": []}
        self.seq = 0

    def say(self, ms, what, verb, payload, ok, fields, version=1, address=1, raw=None):
        self.seq += 1
        asked = raw if raw is not None else frame(content(version, address, self.seq, verb, payload))
        answer = None if ok is None else reply(self.seq, ok, fields).hex()
        self.told["steps"].append({"ms": ms, "what": what, "send": asked.hex(), "reply": answer})

    def burst(self, ms, what, *commands):
        """Several in one go: (verb, payload, ok, fields), ok None where it is damaged on the way; the replies one behind the other."""
        sent, said = b"", b""
        for verb, payload, ok, fields in commands:
            self.seq += 1
            inside = bytearray(content(1, 1, self.seq, verb, payload))
            if ok is None:
                inside[-1] ^= 1
            else:
                said += reply(self.seq, ok, fields)
            sent += frame(bytes(inside))
        self.told["steps"].append({"ms": ms, "what": what, "send": sent.hex(), "reply": said.hex()})

    def restart(self, ms):
        self.told["steps"].append({"ms": ms, "what": "power cycle", "restart": True})


class PanelModel:
    @staticmethod
    def dialogues(built, base, shape):
        width, height, colour = shape
        one, left = built["one page that holds"], built["scrolls left"]
        boots = ["5eed0001", "5eed0002"]

        def panel(ram=4194304):
            return {"id": "vector", "w": width, "h": height, "colour": colour, "ram": ram, "address": 1, "boots": boots}

        def hello(which, ram=4194304):
            return {"proto": 1, "id": "vector", "w": width, "h": height, "colour": colour, "ram": ram, "messages": 512,
                    "programme": 524288, "payload": 1024, "boot": boots[which], "fw": "boardcast-simulator"}

        def span(start, end, lead, *turns):
            return {"startMs": start, "endMs": end, "leadMs": lead, "utcOffsetMin": 480, "turns": [list(turn) for turn in turns]}

        def chunk(name, total, offset, data):
            return bytes.fromhex(name) + le(total, 4) + le(offset, 4) + data

        black = f"{crc32(bytes((width + 7) // 8 * height)):08x}"
        spans = [span(0, 5000, 0, (0, 1000), (1, 1380))]
        plan = programme(shape, base, 8000, [one["hash"], left["hash"]], spans)
        plan_id = sha256(plan)

        def status(ms, which=0, **change):
            """What is on `ms` after `base`, by the panel's clock."""
            name, lit = picture(shape, base, 8000, [one, left], spans, base + ms)
            return {"time": base + ms, "prog": plan_id, "msg": name or "-", "why": "turn" if name else "blank",
                    "crc": f"{crc32(lit):08x}", "boot": boots[which], "dark": 0, **change}

        bare = {"prog": "-", "msg": "-", "why": "bare", "crc": black}
        told = []

        talk = Talk("from bare to lit, to the horizon, and bare again", panel())
        talk.say(0, "HELLO", 1, b"", True, hello(0))
        talk.say(0, "HELLO of a later version is answered", 1, b"later", True, hello(0), version=9)
        talk.say(0, "STATUS without a clock", 7, b"", True, {**status(0), **bare, "time": 0})
        talk.say(100, "CLOCK", 2, instant(base), True, {"time": base})
        talk.say(150, "the clock runs", 7, b"", True, {**status(50), **bare})
        talk.say(150, "HAVE", 3, bytes.fromhex(one["hash"] + left["hash"]), True, {"have": "00"})
        talk.say(150, "ACTIVATE of nothing", 6, bytes.fromhex(plan_id), False, {"code": "not-staged"})
        talk.say(150, "STAGE, first half", 5, chunk(plan_id, len(plan), 0, plan[:50]), True, {"got": 50, "done": 0})
        talk.say(150, "STAGE, a gap", 5, chunk(plan_id, len(plan), 51, plan[51:]), False, {"code": "offset", "got": 50})
        talk.say(150, "STAGE, repeated with an overlap", 5, chunk(plan_id, len(plan), 20, plan[20:60]), True, {"got": 60, "done": 0})
        talk.say(150, "STAGE, the rest", 5, chunk(plan_id, len(plan), 60, plan[60:]), True, {"got": len(plan), "done": 1})
        talk.say(150, "STAGE of what is staged", 5, chunk(plan_id, len(plan), 0, b""), True, {"got": len(plan), "done": 1})
        talk.say(150, "ACTIVATE before its messages", 6, bytes.fromhex(plan_id), False, {"code": "missing", "count": 2})
        talk.say(150, "PUT, whole", 4, chunk(one["hash"], len(one["bytes"]), 0, one["bytes"]), True, {"got": len(one["bytes"]), "done": 1})
        talk.say(150, "PUT of what is here", 4, chunk(one["hash"], len(one["bytes"]), 0, b""), True, {"got": len(one["bytes"]), "done": 1})
        talk.say(150, "ACTIVATE, one message missing", 6, bytes.fromhex(plan_id), False, {"code": "missing", "count": 1})
        talk.say(150, "PUT past its end", 4, chunk(left["hash"], 4, 0, left["bytes"][:5]), False, {"code": "offset", "got": 0})
        talk.say(150, "PUT, first piece", 4, chunk(left["hash"], len(left["bytes"]), 0, left["bytes"][:7]), True, {"got": 7, "done": 0})
        talk.say(150, "HAVE of one half here", 3, bytes.fromhex(one["hash"] + left["hash"]), True, {"have": "10"})
        talk.say(150, "PUT, the rest", 4, chunk(left["hash"], len(left["bytes"]), 7, left["bytes"][7:]), True, {"got": len(left["bytes"]), "done": 1})
        talk.say(1000, "still bare", 7, b"", True, {**status(900), **bare})
        talk.say(1000, "ACTIVATE", 6, bytes.fromhex(plan_id), True, {"prog": plan_id})
        talk.say(1000, "ACTIVATE again", 6, bytes.fromhex(plan_id), True, {"prog": plan_id})
        for ms in (1000, 1099, 1100, 1200, 1320, 5099, 5100, 8099, 8100, 9000):
            talk.say(ms, "STATUS", 7, b"", True, status(ms - 100))
        talk.say(9000, "the clock set back", 2, instant(base + 10), True, {"time": base + 10})
        talk.say(9100, "STATUS", 7, b"", True, status(110))
        talk.say(9100, "dark", 8, b"\1", True, {"dark": 1})
        talk.say(9200, "STATUS", 7, b"", True, status(210, msg="-", why="dark", crc=black, dark=1))
        talk.say(9200, "BLANK of 2", 8, b"\2", False, {"code": "value"})
        talk.say(9200, "light", 8, b"\0", True, {"dark": 0})
        talk.say(9200, "STATUS", 7, b"", True, status(210))
        talk.restart(9300)
        talk.say(9400, "STATUS of a new boot", 7, b"", True, {**status(0, 1), **bare, "time": 0})
        talk.say(9400, "HELLO", 1, b"", True, hello(1))
        talk.say(9400, "HAVE", 3, bytes.fromhex(one["hash"]), True, {"have": "0"})
        talk.say(9400, "ACTIVATE", 6, bytes.fromhex(plan_id), False, {"code": "not-staged"})
        told.append(talk.told)

        talk = Talk("refusals change nothing", panel(ram=4096))
        zeros = bytes(32)
        for what, verb, payload in [("CLOCK of 5 bytes", 2, bytes(5)), ("CLOCK of 7", 2, bytes(7)), ("HAVE of 33", 3, bytes(33)), ("PUT of 39", 4, bytes(39)),
                                    ("STAGE of 39", 5, bytes(39)), ("ACTIVATE of 31", 6, bytes(31)), ("STATUS of 1", 7, b"\0"), ("BLANK of 0", 8, b""), ("BLANK of 2", 8, b"\1\1")]:
            talk.say(0, what, verb, payload, False, {"code": "length"})
        talk.say(0, "unknown verb", 9, b"", False, {"code": "verb"})
        talk.say(0, "verb of a maker", 0x80, b"", False, {"code": "verb"})
        talk.say(0, "version 2", 7, b"", False, {"code": "version", "proto": 1}, version=2)
        talk.say(0, "another panel's", 7, b"", None, {}, address=2)
        talk.say(0, "damaged", 7, b"", None, {}, raw=b"\0\3\1\1\0")
        talk.say(0, "CLOCK for all", 2, instant(base), None, {}, address=0)
        talk.say(5, "was obeyed", 7, b"", True, {**status(5), **bare})
        talk.say(5, "longer than RAM", 4, chunk(one["hash"], 4097, 0, b"BCM1"), False, {"code": "full", "need": 4097})
        talk.say(5, "programme too long", 5, chunk(plan_id, 524289, 0, b"BCP1"), False, {"code": "full", "need": 524289})
        talk.say(5, "wrong hash", 4, chunk("00" * 32, 2, 0, b"hi"), False, {"code": "hash"})
        talk.say(5, "wrong hash of a programme", 5, chunk("00" * 32, 2, 0, b"hi"), False, {"code": "hash"})
        junk = b"BCM1" + zeros
        talk.say(5, "no message", 4, chunk(sha256(junk), len(junk), 0, junk), False, {"code": "format"})
        talk.say(5, "no programme", 5, chunk(sha256(junk), len(junk), 0, junk), False, {"code": "format"})
        other = built["red and green"]
        talk.say(5, "a message of another shape", 4, chunk(other["hash"], len(other["bytes"]), 0, other["bytes"]), False, {"code": "shape"})
        foreign = programme((width, height, "dual"), base, 10, [], [])
        talk.say(5, "a programme of another shape", 5, chunk(sha256(foreign), len(foreign), 0, foreign), False, {"code": "shape"})
        talk.say(5, "nothing of it is here", 3, bytes.fromhex(one["hash"] + other["hash"]), True, {"have": "00"})
        told.append(talk.told)

        room = len(one["bytes"]) + len(left["bytes"]) + 8
        small, tall = built["two steps"], built["scrolls up"]
        talk = Talk("room: what plays or is staged stays, the longest unused goes", panel(ram=room))
        solo = programme(shape, base, 8000, [one["hash"]], [span(0, 8000, 0, (0, 1000))])
        solo_id = sha256(solo)

        def put(which, ok, fields):
            talk.say(0, "PUT", 4, chunk(which["hash"], len(which["bytes"]), 0, which["bytes"]), ok, fields)

        whole = lambda which: {"got": len(which["bytes"]), "done": 1}
        talk.say(0, "CLOCK", 2, instant(base), True, {"time": base})
        talk.say(0, "STAGE", 5, chunk(solo_id, len(solo), 0, solo), True, {"got": len(solo), "done": 1})
        put(left, True, whole(left))
        put(one, True, whole(one))
        talk.say(0, "both fit", 3, bytes.fromhex(one["hash"] + left["hash"]), True, {"have": "11"})
        put(tall, True, whole(tall))
        talk.say(0, "the unnamed one went", 3, bytes.fromhex(one["hash"] + left["hash"] + tall["hash"]), True, {"have": "101"})
        talk.say(0, "ACTIVATE", 6, bytes.fromhex(solo_id), True, {"prog": solo_id})
        big = room - len(one["bytes"]) + 1
        talk.say(0, "more than what plays leaves", 4, chunk(small["hash"], big, 0, b"B"), False, {"code": "full", "need": len(one["bytes"]) + big})
        talk.say(0, "and nothing was dropped for it", 3, bytes.fromhex(one["hash"] + tall["hash"]), True, {"have": "11"})
        told.append(talk.told)

        talk = Talk("back to back: each in its turn, and one that fails takes no other with it", panel())
        next_spans = [span(0, 5000, 0, (0, 1000))]
        following = programme(shape, base, 8000, [left["hash"]], next_spans)
        following_id = sha256(following)
        name, lit = picture(shape, base, 8000, [left], next_spans, base)
        follows = {"time": base, "prog": following_id, "msg": name, "why": "turn", "crc": f"{crc32(lit):08x}", "boot": boots[0], "dark": 0}
        stage = lambda which, what, *end: (5, chunk(which, len(what), 0, what), *end)
        here = lambda what: (True, {"got": len(what), "done": 1})
        whole_put = lambda which, *end: (4, chunk(which["hash"], len(which["bytes"]), 0, which["bytes"]), *end)
        talk.say(0, "HELLO", 1, b"", True, hello(0))
        talk.burst(0, "CLOCK, STATUS", (2, instant(base), True, {"time": base}), (7, b"", True, {**status(0), **bare}))
        talk.burst(0, "STAGE, PUT, PUT, ACTIVATE, STATUS", stage(plan_id, plan, *here(plan)), whole_put(one, *here(one["bytes"])),
                   whole_put(left, *here(left["bytes"])), (6, bytes.fromhex(plan_id), True, {"prog": plan_id}), (7, b"", True, status(0)))
        talk.burst(0, "STAGE is damaged", stage(following_id, following, None, {}), whole_put(left, *here(left["bytes"])),
                   (6, bytes.fromhex(following_id), False, {"code": "not-staged"}), (7, b"", True, status(0)))
        talk.burst(0, "the first of two pieces is damaged", stage(following_id, following, *here(following)),
                   (4, chunk(tall["hash"], len(tall["bytes"]), 0, tall["bytes"][:9]), None, {}),
                   (4, chunk(tall["hash"], len(tall["bytes"]), 9, tall["bytes"][9:]), False, {"code": "offset", "got": 0}),
                   (6, bytes.fromhex(following_id), True, {"prog": following_id}), (7, b"", True, follows))
        told.append(talk.told)
        return told
