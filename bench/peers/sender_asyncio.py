"""A sender of our protocol (firmware-protocol/SPEC.md) as one writes it with asyncio: a coroutine a panel, its streams.

First on standard input: the panels' ports. Each further line is a wave: its kind, programme and message as hex, their
SHA-256, and the frame CRC that each panel shall answer in the end. For each it says the processor milliseconds and the
milliseconds on the clock that it took until all had answered so.

`full` says what a daemon must and checks what it has to: sequence numbers, both CRCs, every field; its commands leave in
one write. `single` does the same with one command after the other, HAVE among them. `plain` makes the commands once for
all panels, and takes any line for an answer.
"""

import asyncio
import resource
import sys
import time
from binascii import crc_hqx
from struct import pack
from zlib import crc32

HELLO, CLOCK, HAVE, PUT, STAGE, ACTIVATE, STATUS = 1, 2, 3, 4, 5, 6, 7


def cobs(content):
    out = bytearray()
    for block in content.split(b"\0"):
        while len(block) >= 254:
            out += b"\xff" + block[:254]
            block = block[254:]
        out.append(len(block) + 1)
        out += block
    return out


def frame(seq, verb, payload):
    content = pack("<BBHB", 1, 1, seq, verb) + payload
    content += pack("<I", crc32(content))
    return b"\0" + cobs(content) + b"\0"


class Panel:
    def __init__(self, reader, writer):
        self.reader, self.writer, self.seq = reader, writer, 0

    def frame(self, verb, payload=b""):
        self.seq = self.seq % 65535 + 1
        return frame(self.seq, verb, payload)

    async def heard(self, seq):
        line = await self.reader.readline()
        text, _, sum = line.rstrip().rpartition(b" *")
        if crc_hqx(text, 0xFFFF) != int(sum, 16):
            raise ValueError(f"damaged: {line}")
        number, word, *fields = text.decode("ascii").split(" ")
        if int(number, 16) != seq or word != "OK":
            raise ValueError(f"refused: {line}")
        return dict(field.split("=", 1) for field in fields)

    async def ask(self, verb, payload=b""):
        self.writer.write(self.frame(verb, payload))
        return await self.heard(self.seq)

    async def greet(self):
        hello = await self.ask(HELLO)
        self.boot = hello["boot"]
        await self.ask(CLOCK, pack("<Q", time.time_ns() // 1_000_000)[:6])

    async def full(self, wave):
        first = self.seq
        commands = (STAGE, wave.staged), (PUT, wave.put), (ACTIVATE, wave.id), (STATUS, b"")
        self.writer.write(b"".join([self.frame(verb, payload) for verb, payload in commands]))
        asked = time.time() * 1000
        staged, put, active, status = [await self.heard((first + at) % 65535 + 1) for at in range(4)]
        self.check(wave, staged, put, active)
        self.confirm(wave, asked, status)

    async def single(self, wave):
        staged = await self.ask(STAGE, wave.staged)
        if (await self.ask(HAVE, wave.hash))["have"] != "0":
            raise ValueError("there already")
        put = await self.ask(PUT, wave.put)
        self.check(wave, staged, put, await self.ask(ACTIVATE, wave.id))
        asked = time.time() * 1000
        self.confirm(wave, asked, await self.ask(STATUS))

    def check(self, wave, staged, put, active):
        if staged["done"] != "1":
            raise ValueError("not staged")
        if put["done"] != "1":
            raise ValueError("not put")
        if active["prog"] != wave.id_hex:
            raise ValueError("not active")

    def confirm(self, wave, asked, status):
        heard = time.time() * 1000
        if (status["prog"], status["msg"], status["crc"]) != (wave.id_hex, wave.hash_hex, wave.crc):
            raise ValueError(f"lights something else: {status}")
        if status["boot"] != self.boot or status["dark"] != "0" or status["why"] != "turn":
            raise ValueError(f"is something else: {status}")
        if abs(int(status["time"]) - (asked + heard) / 2) > 250 + (heard - asked) / 2:
            raise ValueError("clock")

    async def plain(self, wave):
        self.writer.write(wave.commands)
        for _ in range(4):
            await self.reader.readline()


class Wave:
    def __init__(self, line):
        self.kind, programme, message, self.id_hex, self.hash_hex, self.crc = line.split()
        self.programme, self.message = bytes.fromhex(programme), bytes.fromhex(message)
        self.id, self.hash = bytes.fromhex(self.id_hex), bytes.fromhex(self.hash_hex)
        self.staged = self.id + pack("<II", len(self.programme), 0) + self.programme
        self.put = self.hash + pack("<II", len(self.message), 0) + self.message
        asked = (STAGE, self.staged), (PUT, self.put), (ACTIVATE, self.id), (STATUS, b"")
        self.commands = b"".join([frame(1, verb, payload) for verb, payload in asked])


async def main():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    ports = sys.stdin.readline().split()
    panels = [Panel(*await asyncio.open_connection("127.0.0.1", int(port))) for port in ports]
    await asyncio.gather(*(panel.greet() for panel in panels))
    print("ready", flush=True)
    for line in sys.stdin:
        wave = Wave(line)
        cpu, clock = time.process_time(), time.perf_counter()
        update = {"full": Panel.full, "single": Panel.single, "plain": Panel.plain}[wave.kind]
        await asyncio.gather(*(update(panel, wave) for panel in panels))
        print((time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000, flush=True)


asyncio.run(main())
