/** A signature counts if it is the sender's own over the whole message, in one of two algorithms, and in no other case. */
import { expect, test } from "vitest";
import { checkSignature, type Certificate, readCertificate } from "../../../src/notices/cap/signature.ts";
import { readCap } from "../../../src/notices/cap/alert.ts";
import { algorithms, files, keyFile, rain, type Signing, signed } from "./signing.ts";

const certificate = (name: string): Certificate => {
  const read = readCertificate(keyFile(`${name}.crt`));
  if (!("key" in read)) throw new Error(read.en);
  return read;
};
const own = [certificate("rsa")];
const worth = (text: string, certificates = own) => checkSignature(text, certificates).worth;

test.each<[string, Signing]>([
  ["RSA, exclusive", {}],
  ["RSA, inclusive", { canonical: algorithms.c14n }],
  ["enveloped alone", { transforms: [algorithms.enveloped] }],
])("%s", (_, how) => {
  const text = signed(files.rain, how);
  const checked = checkSignature(text, own);
  expect(checked).toMatchObject({ worth: "verified", fingerprint: own[0]?.fingerprint });
  if (checked.worth !== "verified") return;
  expect(checked.signed).not.toContain("SignatureValue");
  expect(readCap(checked.signed, "Asia/Shanghai")).toEqual(readCap(files.rain, "Asia/Shanghai"));
});

test("ECDSA, and by the right one of several certificates", () => {
  expect(worth(signed(files.rain, { key: "ec" }), [certificate("ec")])).toBe("verified");
  expect(worth(signed(files.rain, { key: "ec" }), [...own, certificate("other"), certificate("ec")])).toBe("verified");
  expect(worth(signed(files.rain, { key: "ec" }))).toBe("broken");
  expect(worth(signed(files.rain), [certificate("ec")])).toBe("broken");
});

test("none, or by nobody that is believed", () => {
  expect(worth(files.rain)).toBe("none");
  expect(worth(signed(files.rain), [])).toBe("broken");
});

test("the message's own key counts for nothing", () => {
  expect(worth(signed(files.rain, { key: "other", certificate: keyFile("other.crt") }))).toBe("broken");
});

test("whatever is changed afterwards", () => {
  const text = signed(files.rain);
  for (const [from, to] of [
    ["柳林街道", "青石街道"],
    ["2017-08-12T22:30", "2017-08-13T22:30"],
    ["<severity>Orange", "<severity>Red"],
    ["<info>", "<info><web>http://a</web>"],
  ] as const)
    expect(worth(text.replace(from, to)), to).toBe("broken");
});

test.each<[string, Signing]>([
  ["SHA-1 in the signature", { algorithm: algorithms.rsaSha1 }],
  ["SHA-1 in the digest", { digest: algorithms.sha1 }],
  ["another transform", { transforms: [algorithms.enveloped, `${algorithms.exclusive}WithComments`] }],
  ["a part alone", { xpath: "//*[local-name(.)='info']" }],
])("not with %s", (_, how) => {
  expect(worth(signed(files.rain, how))).toBe("broken");
});

test("not with HMAC: a certificate's key is no secret", () => {
  const hmac = "http://www.w3.org/2000/09/xmldsig#hmac-sha1";
  expect(worth(signed(files.rain).replace(algorithms.rsaSha256, hmac))).toBe("broken");
});

const signatureIn = (text: string) => /<Signature[\s\S]*<\/Signature>/.exec(text)?.[0] ?? "";

test("not wrapped: the signed message inside of another", () => {
  const good = signed(files.rain.replace("<alert ", '<alert Id="a1" '), { xpath: "/*" });
  expect(good).toContain("#a1");
  expect(worth(good)).toBe("verified");
  const signature = signatureIn(good);
  const inner = good.replace(/^<\?xml[^>]*\?>\s*/, "").replace(signature, "");
  const forged = rain({ headline: "假的", identifier: "FORGED" });
  const put = (inside: string, root = forged) => root.replace("</alert>", `${inside}</alert>`);
  const wrapped = [
    put(`${signature}<wrap>${inner}</wrap>`),
    put(`<wrap>${inner}</wrap>${signature}`),
    put(`<wrap>${inner.replace("</alert>", `${signature}</alert>`)}</wrap>`),
    put(`<wrap>${inner}</wrap>${signature}`, forged.replace("<alert ", '<alert Id="a1" ')),
    put(`<wrap>${inner}</wrap>${signature}`, forged.replace("<alert ", '<alert ID="a1" ')),
    put(signature.replace("</Signature>", `<Object>${inner}</Object></Signature>`)),
    put(`${signature}${signature}`, files.rain),
    put(signature.replace(/URI="#a1"/, 'URI=""'), files.rain),
  ];
  for (const text of wrapped) {
    const checked = checkSignature(text, own);
    // Verified or not, what is read is what was signed, never the forged one.
    if (checked.worth === "verified") expect(readCap(checked.signed, "Asia/Shanghai").identifier).not.toBe("FORGED");
    else expect(checked.worth).toBe("broken");
  }
  expect(wrapped.map((text) => worth(text))).not.toContain("verified");
});

test("a comment in the middle of a value is no part of what was signed, nor of what is read", () => {
  const text = signed(rain({ sender: "421200416" })).replace("421200416</sender>", "421200<!-- -->416</sender>");
  const checked = checkSignature(text, own);
  if (checked.worth === "verified") expect(readCap(checked.signed, "Asia/Shanghai").sender).toBe("421200416");
});

test("certificates: one, of a strong key", () => {
  for (const text of ["", "x", keyFile("weak.crt"), keyFile("rsa.crt") + keyFile("ec.crt"), keyFile("rsa.key")])
    expect("key" in readCertificate(text)).toBe(false);
});
