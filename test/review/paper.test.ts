/** 纸质签发: off unless asked for; a scan, and a second account that attests it. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verdict } from "../../src/notices/seal.ts";
import { chain, codeOf, faultOf, lookedAt, openReview, secret, type SmallReview, submitted } from "./small-review.ts";

const bytes = new TextEncoder().encode("scan");
const nameOf = (scan: Uint8Array) => createHash("sha256").update(scan).digest("hex");
const sha256 = nameOf(bytes);
let review: SmallReview;
beforeAll(async () => {
  review = await openReview({ ...chain, paper: true }, (parts) => ({
    ...parts,
    taking: {
      take: async (scan) => ({ ok: true, pictures: [{ sha256: nameOf(scan), bytes: scan }], warnings: [] }),
    },
  }));
});
afterAll(() => review.close());

const upload = (id: string, who = "mai", leader = "王主任", scan = bytes) =>
  review.desk.uploadScan(review.caller(who), id, leader, scan);
const look = (id: string, who: string) => review.desk.lookAtScan(review.caller(who), id, 1);
const attest = (id: string, who: string) => review.desk.attest(review.caller(who), id, secret(`${who}-pass`));

test("off by default", async () => {
  const other = await openReview();
  const { id } = await submitted(other);
  expect(await codeOf(other.desk.uploadScan(other.caller("mai"), id, "王主任", bytes))).toBe("review/off");
  expect(await codeOf(other.desk.attest(other.caller("sig"), id, secret("sig-pass")))).toBe("review/off");
  await other.close();
});

test("sealed in the leader's name, with both accounts and the scan's hash on record", async () => {
  const { id, notice } = await submitted(review);
  await lookedAt(review, id, "adm");
  expect(await codeOf(attest(id, "adm"))).toBe("review/state");
  await upload(id, "ope");
  expect(await faultOf(attest(id, "adm"))).toMatchObject({ code: "review/not-looked", boards: ["scan:1"] });
  expect(await look(id, "adm")).toBe(sha256);
  const done = await attest(id, "adm");
  expect([done.state, done.paper]).toEqual(["signed", { leader: "王主任", scans: [sha256] }]);
  const record = await review.store.notices.get(notice);
  expect(record?.seal?.body).toMatchObject({ kind: "signed", by: "王主任 (纸质签发 on paper: ope, adm)" });
  expect(record && verdict(record, review.key.publicKey).ok).toBe(true);
  expect(await review.store.pictures.get(sha256)).toEqual(Buffer.from(bytes));
  const row = (await review.store.ledger.about("register", notice)).at(-1);
  expect(row).toMatchObject({ by: "adm", data: { leader: "王主任", scans: [sha256], uploadedBy: "ope" } });
});

test("not by who uploaded or wrote it, not unlooked, not without the password, not in a step-holder's name", async () => {
  const { id } = await submitted(review, "all");
  expect(await codeOf(upload(id, "ope", "all姓名"))).toBe("review/two-steps");
  await upload(id, "ope");
  for (const who of ["ope", "all"]) {
    await lookedAt(review, id, who);
    await look(id, who);
    expect(await codeOf(attest(id, who))).toBe("review/two-steps");
  }
  expect(await codeOf(attest(id, "sig"))).toBe("review/not-looked");
  await lookedAt(review, id, "sig");
  await look(id, "sig");
  expect(await codeOf(review.desk.attest(review.caller("sig"), id, secret("no")))).toBe("review/password");
  expect(await codeOf(attest(id, "mai"))).toBe("review/role");
  expect((await attest(id, "sig")).state).toBe("signed");
});

test("a scan that took the place of the one that was looked at is not attested", async () => {
  const { id, notice } = await submitted(review);
  await upload(id, "ope");
  await lookedAt(review, id, "adm");
  await look(id, "adm");
  await upload(id, "ope", "王主任", new TextEncoder().encode("another"));
  expect(await faultOf(attest(id, "adm"))).toMatchObject({ code: "review/not-looked", boards: ["scan:1"] });
  // The look of somebody else does not count.
  await look(id, "sig");
  expect(await codeOf(attest(id, "adm"))).toBe("review/not-looked");
  expect((await review.store.notices.get(notice))?.seal).toBeNull();
  await look(id, "adm");
  expect((await attest(id, "adm")).state).toBe("signed");
  expect(await codeOf(review.desk.lookAtScan(review.caller("adm"), id, 2))).toBe("review/unknown");
});

test("who brought the scan in does not sign the new pixels of what it was for", async () => {
  const { id, notice } = await submitted(review);
  await upload(id, "all");
  await lookedAt(review, id, "adm");
  await look(id, "adm");
  await attest(id, "adm");
  const again = await review.desk.renewPixels(review.caller("mo"), notice, ["B1"]);
  for (const who of ["all", "sig"]) await lookedAt(review, again.id, who);
  const sign = (who: string) => review.desk.sign(review.caller(who), [again.id], secret(`${who}-pass`));
  expect(await codeOf(sign("all"))).toBe("review/two-steps");
  expect((await sign("sig"))[0]?.state).toBe("signed");
});
