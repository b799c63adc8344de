/**
 * Many subscribers that read and count, in a process of their own, so that only the server's time is measured. Asked on
 * stdin, a line each, answered by one on stdout: "open PORT COUNT PATH [SAY]", "settle", "until BYTES"; ends with stdin.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";

const quietMs = 200;
let total = 0;
let heardAt = 0;
let wanted = null;

function subscriber(port, path, say) {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  socket.on("data", ({ length }) => {
    total += length;
    heardAt = performance.now();
    if (wanted !== null && total >= wanted.bytes) wanted.reached();
  });
  return once(socket, "data").then(() => {
    // RFC 6455 §5.3: what a client says is masked; this mask changes nothing.
    if (say !== undefined)
      socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | say.length, 0, 0, 0, 0]), Buffer.from(say)]));
  });
}

async function settle() {
  heardAt = performance.now();
  while (performance.now() - heardAt < quietMs) await new Promise((done) => setTimeout(done, 20));
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, first, count, path, say] = line.split(" ");
  if (command === "open") {
    for (let opened = 0; opened < Number(count); opened++) await subscriber(Number(first), path, say);
  } else if (command === "settle") {
    await settle();
  } else if (total < Number(first)) {
    await new Promise((reached) => {
      wanted = { bytes: Number(first), reached };
    });
    wanted = null;
  }
  console.log(total);
}
process.exit();
