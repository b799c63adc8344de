/**
 * Nine boards to 500 browsers: our preview (one frame made once, one write a browser), a `ws` send a board and browser,
 * and socket.io. Only this process, the server, is measured.
 *
 * First write for write: all send the same boards' states. Then what a wall is for: two seconds of what the boards show,
 * dot for dot. The peers send each picture as its board comes to it; ours has sent programmes, which browsers play by
 * themselves, and sends states only, here as many as it ever may.
 */
import { createHash } from "node:crypto";
import { limits } from "../src/limits.ts";
import { frameAt } from "../src/message/index.ts";
import type { PreviewState } from "../src/preview/types.ts";
import { type FakeOffice, fakeOffice, practiceStart } from "../test/preview/fake-office.ts";
import type { Bench, Contender, Sizes } from "./harness.ts";
import { startSinks } from "./peers/sinks.ts";
import { connected, ours, type Peer, plainWs, socketIo } from "./peers/subscribers.ts";

/** Rounds of all boards that are on their way together; as many bytes as the preview lets wait, and no more. */
const roundsPerRun = 8;
/** A quarter of a minute after the half hour, when the four strips scroll and the other boards stand. */
const watchedFrom = practiceStart + 25_000;
const watchedSeconds = 2;
/** The strips' own step, ms. */
const stepMs = 25;

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  const browsers = many < 500 ? 20 : 500;
  const office = await fakeOffice();
  const state = office.preview();
  const sinks = startSinks();
  /** Bytes that all subscribers of all peers have had. */
  let arrived = 0;

  const boards = state.boards.map(({ programme: _, owners: __, notices: ___, ...rest }) => rest);
  const states: readonly Peer[] = [
    ours(state, 1),
    plainWs(boards.map((board) => JSON.stringify(board))),
    socketIo("socket.io", boards),
    socketIo(
      "socket.io, binary",
      boards.map((board) => Buffer.from(JSON.stringify(board))),
    ),
  ];
  const bytes = boards.reduce((sum, board) => sum + JSON.stringify(board).length, 0);
  const pictures = watched(office, state);
  const frames: readonly Peer[] = [
    ours(state, watchedSeconds * limits.previewPerSecond),
    plainWs(pictures),
    socketIo("socket.io, binary", pictures),
  ];

  return [
    {
      name: `fan-out of ${boards.length} boards' states to ${browsers} browsers, ${Math.round(bytes / boards.length)} bytes a board`,
      unit: "us",
      contenders: await contendersOf(states, boards.length, roundsPerRun, bytes),
      gates: [
        // Nine boards in one write: were a write all that a send costs, whatever its length, it would be nine.
        { name: "P: ws, a send a board / ours", ratioOf: ["ws, a send a board", "ours"], atLeast: 6 },
        { name: "P: socket.io / ours", ratioOf: ["socket.io", "ours"], atLeast: 4 },
        { name: "P: socket.io, binary / ours", ratioOf: ["socket.io, binary", "ours"], atLeast: 8 },
      ],
    },
    {
      name: `${watchedSeconds} s of ${boards.length} boards seen by ${browsers} browsers, ${pictures.length} pictures`,
      unit: "us",
      contenders: await contendersOf(frames, pictures.length, 1, 0),
      gates: [
        { name: "P: ws, a send a board / ours", ratioOf: ["ws, a send a board", "ours"], atLeast: 9 },
        { name: "P: socket.io, binary / ours", ratioOf: ["socket.io, binary", "ours"], atLeast: 30 },
      ],
    },
  ];

  /** `perRound`: what of the boards a round shows to each browser; it has to bring `leastBytes` at least to each. */
  async function contendersOf(peers: readonly Peer[], perRound: number, rounds: number, leastBytes: number) {
    const contenders: Contender[] = [];
    for (const peer of peers) {
      const first = await connected(peer, browsers, sinks);
      if (first.bytes < Math.max(1, leastBytes) * browsers)
        throw new Error(`${peer.name}: ${first.bytes} bytes arrived, of ${leastBytes * browsers} at least`);
      arrived = first.total;
      contenders.push({
        name: peer.name,
        perRun: rounds * perRound * browsers,
        async run() {
          arrived += rounds * first.bytes;
          for (let round = 0; round < rounds; round++) peer.send();
          await sinks(`until ${arrived}`);
        },
      });
    }
    return contenders;
  }
}

/** Each picture that a board of at most 64 KiB comes to, in their order: what a plain way would have to send. */
function watched(office: FakeOffice, { boards }: PreviewState): readonly Buffer[] {
  const shown = new Map<string, string>();
  const pictures: Buffer[] = [];
  for (let ms = 0; ms < watchedSeconds * 1000; ms += stepMs) {
    for (const { id, programme } of boards) {
      const { pixels } = frameAt(programme, (hash) => office.messages.get(hash), watchedFrom + ms);
      const name = createHash("sha256").update(pixels).digest("hex");
      if (shown.get(id) === name) continue;
      shown.set(id, name);
      // An LCD page would send what it is made of, not megabytes of dots.
      pictures.push(pixels.length > 65_536 ? Buffer.from(name) : Buffer.from(pixels));
    }
  }
  return pictures;
}
