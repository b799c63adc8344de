/** 同文换版: another panel, the same text, a signature of its own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BoardConfig } from "../../src/config/types.ts";
import { createReview } from "../../src/notices/review/index.ts";
import { verdict } from "../../src/notices/seal.ts";
import { boards, pixelsOf } from "../store/small-office.ts";
import { codeOf, lookedAt, openReview, secret, signed, type SmallReview } from "./small-review.ts";

let review: SmallReview;
beforeAll(async () => {
  review = await openReview();
});
afterAll(() => review.close());

const shape = { width: 32, height: 8, colour: "mono" } as const;
const wider: readonly BoardConfig[] = boards.map((board) => (board.id === "B2" ? { ...board, shape } : board));

test("only the board with the new panel is set anew; until it is signed, and for the text, nothing changes", async () => {
  const first = await signed(review);
  const desk = createReview({ ...review.parts, boards: wider });
  const again = await desk.renewPixels(review.caller("mo"), first.notice, ["B2"]);
  expect([again.kind, again.state, again.number, again.revision]).toEqual(["pixels", "signature", 2, first.revision]);
  const { title, body } = (await review.store.notices.get(first.notice))?.content ?? { title: "", body: "" };
  const [before] = first.pixels;
  expect(again.pixels).toEqual([before, { board: "B2", message: pixelsOf(`${title}\n${body}`, shape).hash }]);
  expect((await review.store.notices.get(first.notice))?.revisionNumber).toBe(1);
  expect(await codeOf(desk.sign(review.caller("sig"), [again.id], secret("sig-pass")))).toBe("review/not-looked");
  await lookedAt(review, again.id);
  await desk.sign(review.caller("sig"), [again.id], secret("sig-pass"));
  const record = await review.store.notices.get(first.notice);
  expect(record).toMatchObject({ revisionNumber: 2, revision: first.revision });
  const judged = record && verdict(record, review.key.publicKey);
  expect(judged?.ok && judged.pixels.get("B2")).toBe(again.pixels[1]?.message);
});

test("not by who may not, not for other boards, not what is taken down", async () => {
  const { notice } = await signed(review);
  const renew = (who: string, ids: readonly string[]) => review.desk.renewPixels(review.caller(who), notice, ids);
  for (const who of ["ope", "sig", "con", "aud"]) expect(await codeOf(renew(who, ["B1"]))).toBe("review/role");
  expect(await codeOf(renew("mai", ["B9"]))).toBe("review/unknown");
  expect(await codeOf(renew("mai", []))).toBe("review/unknown");
  await review.desk.withdrawNotice(review.caller("ope"), notice, "误发");
  expect(await codeOf(renew("mai", ["B1"]))).toBe("review/taken-down");
});
