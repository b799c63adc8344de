/** R24: what a board does not allow is put there by nobody: not at submission, not by a move. */
import { expect, test } from "vitest";
import { boards } from "../store/small-office.ts";
import { drafted, faultOf, goodDocument, openReview, signed } from "./small-review.ts";

test("a party notice is on no board that does not allow party affairs, at submission and at a move", async () => {
  const limited = boards.map((board) => (board.id === "B2" ? { ...board, allows: ["政府信息"] } : board));
  const review = await openReview(undefined, (parts) => ({ ...parts, boards: limited }));
  try {
    const good = goodDocument("发展党员公告");
    const party = { ...(good.content as object), track: "党务", category: "重点工作", fiveOpen: null, formedOn: null };
    const { notice, version } = await drafted(review, "mai", { ...good, content: party });
    const fault = await faultOf(review.desk.submit(review.caller("mai"), notice, version));
    expect(fault).toMatchObject({ code: "review/not-ready", faults: [{ field: "schedule.boards" }] });

    const schedule = { ...(good.schedule as object), boards: ["B1"] };
    const signedOn = await signed(review, "mai", { ...good, content: party, schedule });
    const record = await review.store.notices.get(signedOn.notice);
    expect(record?.seal?.body.envelope.boards).toEqual(["B1"]);
    expect(record?.index).toBeUndefined();
  } finally {
    await review.close();
  }
});

test("a board that was limited after the signature is not moved to", async () => {
  let allows: readonly string[] | undefined;
  const changing = boards.map((board) => Object.defineProperty({ ...board }, "allows", { get: () => allows }));
  const review = await openReview(undefined, (parts) => ({ ...parts, boards: changing }));
  try {
    const { notice } = await signed(review);
    const record = await review.store.notices.get(notice);
    const schedule = { ...record?.schedule, boards: ["B2"], weight: 2 };
    allows = ["党务"];
    const fault = await faultOf(review.desk.move(review.caller("ope"), notice, schedule));
    expect(fault).toMatchObject({ code: "review/field", field: "schedule.boards" });
    allows = ["政府信息"];
    expect(await review.desk.move(review.caller("ope"), notice, schedule)).toMatchObject({ boards: ["B2"] });
  } finally {
    await review.close();
  }
});
