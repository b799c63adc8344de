/**
 * Vitest's set-up: bytes that are the same are equal, found at once. By itself it looks at each by itself, and a megabyte of
 * dots takes it seconds. What differs it goes through as ever, and says where.
 */
import { expect } from "vitest";

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer, byteOffset, byteLength);

function sameBytes(one: unknown, other: unknown): true | undefined {
  if (!ArrayBuffer.isView(one) || !ArrayBuffer.isView(other) || one.constructor !== other.constructor) return undefined;
  return bytesOf(one).equals(bytesOf(other)) || undefined;
}

expect.addEqualityTesters([sameBytes]);
