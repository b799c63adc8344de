/**
 * What changed of nine boards, sent to 500 browsers: our preview (one frame made once, one write a browser), a `ws` send
 * a board and browser, and socket.io. All send the same boards' states; only this process, the server, is measured.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Server as SocketIo } from "socket.io";
import { WebSocketServer } from "ws";
import { attachPreview, previewPath } from "../src/preview/server.ts";
import { fakeOffice } from "../test/preview/fake-office.ts";
import type { Bench, Contender, Sizes } from "./harness.ts";
import { startSinks } from "./peers/sinks.ts";

/** Rounds of all boards that are on their way together; as many bytes as the preview lets wait, and no more. */
const roundsPerRun = 8;
/** Longer than any bench: nobody is pinged, and nothing goes out by itself. ms */
const neverMs = 2 ** 31 - 1;

interface Peer {
  readonly name: string;
  readonly server: Server;
  readonly path: string;
  /** What a subscriber says first, of its own protocol. */
  readonly says?: string;
  subscribers(): number;
  /** To all, once. */
  send(): void;
}

export async function benches({ many }: Sizes): Promise<readonly Bench[]> {
  const browsers = many < 500 ? 20 : 500;
  const office = await fakeOffice();
  const state = office.preview();
  const boards = state.boards.map(({ programme: _, owners: __, notices: ___, ...rest }) => rest);
  const payload = boards.reduce((sum, board) => sum + JSON.stringify(board).length, 0);
  const sinks = startSinks();
  const peers: readonly Peer[] = [
    ours(state),
    plainWs(boards),
    socketIo("socket.io", boards),
    socketIo(
      "socket.io, binary",
      boards.map((board) => Buffer.from(JSON.stringify(board))),
    ),
  ];

  const contenders: Contender[] = [];
  let total = 0;
  for (const { name, server, path, says, subscribers, send } of peers) {
    // Open lines alone do not keep the bench running.
    server.on("connection", (socket) => socket.unref());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", 1024, done));
    server.unref();
    const { port } = server.address() as AddressInfo;
    await sinks(["open", port, browsers, path, ...(says === undefined ? [] : [says])].join(" "));
    const before = await sinks("settle");
    if (subscribers() !== browsers) throw new Error(`${name}: ${subscribers()} of ${browsers} subscribers`);
    send();
    total = await sinks("settle");
    const bytes = total - before;
    if (bytes < payload * browsers)
      throw new Error(`${name}: ${bytes} bytes arrived, of ${payload * browsers} at least`);
    contenders.push({
      name,
      perRun: roundsPerRun * boards.length * browsers,
      async run() {
        total += roundsPerRun * bytes;
        for (let round = 0; round < roundsPerRun; round++) send();
        await sinks(`until ${total}`);
      },
    });
  }
  return [
    {
      name: `fan-out of ${boards.length} boards to ${browsers} browsers, ${Math.round(payload / boards.length)} bytes a board`,
      unit: "us",
      contenders,
      gates: [
        // Nine boards in one write: were a write all that a send costs, whatever its length, it would be nine.
        { name: "P: ws, a send a board / ours", ratioOf: ["ws, a send a board", "ours"], atLeast: 6 },
        { name: "P: socket.io / ours", ratioOf: ["socket.io", "ours"], atLeast: 4 },
        { name: "P: socket.io, binary / ours", ratioOf: ["socket.io, binary", "ours"], atLeast: 8 },
      ],
    },
  ];
}

function ours(state: ReturnType<Awaited<ReturnType<typeof fakeOffice>>["preview"]>): Peer {
  let now = state.now;
  let change = () => {};
  const source = {
    clockId: state.clockId,
    now: () => now,
    preview: () => ({ ...state, now }),
    onChange(listener: () => void) {
      change = listener;
      return () => {};
    },
  };
  const server = createServer();
  const often = { perSecond: Number.POSITIVE_INFINITY, aliveMs: neverMs, freshMs: neverMs };
  const preview = attachPreview(server, source, often);
  const send = () => {
    now++;
    change();
  };
  return { name: "ours", server, path: previewPath, subscribers: () => preview.metrics().subscribers, send };
}

function plainWs(boards: readonly object[]): Peer {
  const server = createServer();
  const { clients } = new WebSocketServer({ server, perMessageDeflate: false });
  const send = () => {
    for (const board of boards) {
      const text = JSON.stringify(board);
      for (const client of clients) client.send(text);
    }
  };
  return { name: "ws, a send a board", server, path: "/", subscribers: () => clients.size, send };
}

/** Objects go out as JSON, encoded once for all; bytes as an attachment, two frames each. */
function socketIo(name: string, boards: readonly object[]): Peer {
  const server = createServer();
  const quiet = { pingInterval: neverMs, pingTimeout: neverMs, perMessageDeflate: false };
  const io = new SocketIo(server, { ...quiet, transports: ["websocket"] });
  const send = () => {
    for (const board of boards) io.emit("board", board);
  };
  const path = "/socket.io/?EIO=4&transport=websocket";
  return { name, server, path, says: "40", subscribers: () => io.of("/").sockets.size, send };
}
