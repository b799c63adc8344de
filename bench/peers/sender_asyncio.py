"""A sender of our protocol (firmware-protocol/SPEC.md) as one writes it with asyncio: a coroutine a panel, its streams.

First on standard input: the panels' ports. Each further line is a wave: `full` or `plain`, programme and message as
hex, their SHA-256, and the frame CRC that each panel shall answer in the end. For each it says the processor
milliseconds and the milliseconds on the clock that it took until all had answered so.

`full` says what a daemon must and checks what it has to: sequence numbers, both CRCs, every field. `plain` makes each
command once for all panels, and takes any line for an answer.
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

    async def ask(self, verb, payload=b""):
        self.seq = self.seq % 65535 + 1
        self.writer.write(frame(self.seq, verb, payload))
        line = await self.reader.readline()
        text, _, sum = line.rstrip().rpartition(b" *")
        if crc_hqx(text, 0xFFFF) != int(sum, 16):
            raise ValueError(f"damaged: {line}")
        seq, word, *fields = text.decode("ascii").split(" ")
        if int(seq, 16) != self.seq or word != "OK":
            raise ValueError(f"refused: {line}")
        return dict(field.split("=", 1) for field in fields)

    async def greet(self):
        hello = await self.ask(HELLO)
        self.boot = hello["boot"]
        await self.ask(CLOCK, pack("<Q", time.time_ns() // 1_000_000)[:6])

    async def update(self, wave):
        head = pack("<II", len(wave.programme), 0)
        if (await self.ask(STAGE, wave.id + head + wave.programme))["done"] != "1":
            raise ValueError("not staged")
        if (await self.ask(HAVE, wave.hash))["have"] != "0":
            raise ValueError("there already")
        head = pack("<II", len(wave.message), 0)
        if (await self.ask(PUT, wave.hash + head + wave.message))["done"] != "1":
            raise ValueError("not put")
        if (await self.ask(ACTIVATE, wave.id))["prog"] != wave.id_hex:
            raise ValueError("not active")
        asked = time.time() * 1000
        status = await self.ask(STATUS)
        heard = time.time() * 1000
        if (status["prog"], status["msg"], status["crc"]) != (wave.id_hex, wave.hash_hex, wave.crc):
            raise ValueError(f"lights something else: {status}")
        if status["boot"] != self.boot or status["dark"] != "0" or status["why"] != "turn":
            raise ValueError(f"is something else: {status}")
        if abs(int(status["time"]) - (asked + heard) / 2) > 250 + (heard - asked) / 2:
            raise ValueError("clock")

    async def plain(self, wave):
        for command in wave.commands:
            self.writer.write(command)
            await self.reader.readline()


class Wave:
    def __init__(self, line):
        self.kind, programme, message, self.id_hex, self.hash_hex, self.crc = line.split()
        self.programme, self.message = bytes.fromhex(programme), bytes.fromhex(message)
        self.id, self.hash = bytes.fromhex(self.id_hex), bytes.fromhex(self.hash_hex)
        staged = self.id + pack("<II", len(self.programme), 0) + self.programme
        put = self.hash + pack("<II", len(self.message), 0) + self.message
        asked = [(STAGE, staged), (HAVE, self.hash), (PUT, put), (ACTIVATE, self.id), (STATUS, b"")]
        self.commands = [frame(1, verb, payload) for verb, payload in asked]


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
        if wave.kind == "full":
            await asyncio.gather(*(panel.update(wave) for panel in panels))
        else:
            await asyncio.gather(*(panel.plain(wave) for panel in panels))
        print((time.process_time() - cpu) * 1000, (time.perf_counter() - clock) * 1000, flush=True)


asyncio.run(main())
