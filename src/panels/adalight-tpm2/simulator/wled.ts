/**
 * WLED at the end of a serial line, and of TPM2.NET, as the note says that its parser was seen to behave (written from that,
 * not from our driver): its length defect, its one-byte commands, the speed that one of them changes. Without a frame for
 * `timeoutMs` it leaves its realtime mode and is dark.
 */

type State =
  | { readonly in: "idle" }
  | { readonly in: "ada"; readonly got: readonly number[] }
  | { readonly in: "tpm2"; readonly got: readonly number[] }
  | { readonly in: "lamps"; readonly count: number };

const speeds = [115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_500_000];
const idle: State = { in: "idle" };

export class Wled {
  /** What its lamps show: three bytes each. */
  readonly lamps: Uint8Array;
  /** Of its line, bits a second. */
  speed = 115_200;
  frames = 0;
  /** Single bytes that it took for commands. */
  commands = "";
  readonly #lamps: number;
  readonly #timeoutMs: number;
  #state: State = idle;
  #gathered: number[] = [];
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #netSize = 0;

  constructor(lamps: number, timeoutMs = 2500) {
    this.lamps = new Uint8Array(lamps * 3);
    this.#lamps = lamps;
    this.#timeoutMs = timeoutMs;
  }

  /** Bytes of the line, in any pieces; `speed`: at which they were sent. What it answers. */
  hear(bytes: Uint8Array, nowMs: number, speed = this.speed): readonly Uint8Array[] {
    this.tick(nowMs);
    const said: Uint8Array[] = [];
    for (const byte of bytes) {
      // Sent at another speed they are noise, of which nothing is made here.
      if (speed !== this.speed) continue;
      const answer = this.#byte(byte, nowMs);
      if (answer !== null) said.push(answer);
    }
    return said;
  }

  /** One datagram of TPM2.NET. */
  hearNet(packet: Uint8Array, nowMs: number): readonly Uint8Array[] {
    this.tick(nowMs);
    if (packet[0] === 0x9c && packet[1] === 0xaa && packet.length === 2) return [Uint8Array.of(0xac)];
    const [start, type, high = 0, low = 0, number = 0, packets = 0] = packet;
    const size = high * 256 + low;
    if (start !== 0x9c || type !== 0xda || packet.length < 7 + size || number < 1) return [];
    if (number === 1) this.#netSize = size;
    const first = Math.floor(this.#netSize / 3) * (number - 1) * 3;
    for (let at = 0; at < size; at++) this.#gathered[first + at] = packet[6 + at] ?? 0;
    this.#heardAtMs = nowMs;
    if (number === packets) this.#show();
    return [];
  }

  /** Time goes on, and nothing comes. */
  tick(nowMs: number): void {
    if (nowMs - this.#heardAtMs >= this.#timeoutMs) this.lamps.fill(0);
  }

  #byte(byte: number, nowMs: number): Uint8Array | null {
    const state = this.#state;
    switch (state.in) {
      case "idle":
        this.#gathered = [];
        if (byte === 0x41) this.#state = { in: "ada", got: [byte] };
        else if (byte === 0xc9) this.#state = { in: "tpm2", got: [] };
        else return this.#command(byte);
        return null;
      case "ada": {
        const got = [...state.got, byte];
        const right = got.length > 3 || "Ada".charCodeAt(got.length - 1) === byte;
        const [, , , high = 0, low = 0, check] = got;
        if (got.length === 6 && check === (high ^ low ^ 0x55))
          this.#state = { in: "lamps", count: high * 256 + low + 1 };
        else this.#state = right && got.length < 6 ? { in: "ada", got } : idle;
        return null;
      }
      case "tpm2": {
        const got = [...state.got, byte];
        if (got[0] === 0xaa) {
          this.#state = idle;
          return Uint8Array.of(0xac);
        }
        const [, high = 0, low = 0] = got;
        const count = Math.floor((high * 256) / 3) + Math.floor(low / 3);
        if (got[0] !== 0xda) this.#state = idle;
        else if (got.length < 3) this.#state = { in: "tpm2", got };
        else this.#state = count === 0 ? idle : { in: "lamps", count };
        return null;
      }
      case "lamps":
        this.#gathered.push(byte);
        if (this.#gathered.length < state.count * 3) return null;
        this.#heardAtMs = nowMs;
        this.#show();
        this.#state = idle;
        return null;
    }
  }

  #command(byte: number): Uint8Array | null {
    const speed = byte >= 0xb0 ? speeds[byte - 0xb0] : undefined;
    if (speed !== undefined) {
      this.commands += `${byte.toString(16)} `;
      if (speed === this.speed) return null;
      this.speed = speed;
      return text(`Baud is now ${speed}\r\n`);
    }
    const letter = String.fromCharCode(byte);
    if (!"vlLOo{I".includes(letter)) return null;
    this.commands += letter;
    return letter === "v" ? text("WLED 2501010\r\n") : null;
  }

  #show(): void {
    this.frames++;
    this.lamps.set(this.#gathered.slice(0, this.#lamps * 3).map((byte) => byte ?? 0));
  }
}

const text = (said: string) => new TextEncoder().encode(said);
