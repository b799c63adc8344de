/**
 * For `vi.mock("node:crypto", …)`: Ed25519 is asked once about the same key, text and signature, and its answer kept. Whether
 * anybody asks, of what and when, stays as it is. Nothing is forgotten: for a file of tests alone with its modules.
 */
import type { KeyObject } from "node:crypto";

type Verify = (
  algorithm: null,
  data: NodeJS.ArrayBufferView,
  key: KeyObject,
  signature: NodeJS.ArrayBufferView,
) => boolean;

export function askedOnce(crypto: typeof import("node:crypto")): typeof import("node:crypto") {
  const known = new WeakMap<object, Map<string, boolean>>();
  const letters = ({ buffer, byteOffset, byteLength }: NodeJS.ArrayBufferView) =>
    Buffer.from(buffer, byteOffset, byteLength).toString("latin1");
  const verify: Verify = (algorithm, data, key, signature) => {
    const answers = known.get(key) ?? new Map<string, boolean>();
    known.set(key, answers);
    // A signature has 64 bytes: no two questions have the same letters.
    const asked = letters(signature) + letters(data);
    const good = answers.get(asked) ?? crypto.verify(algorithm, data, key, signature);
    answers.set(asked, good);
    return good;
  };
  return { ...crypto, verify: verify as typeof crypto.verify };
}
