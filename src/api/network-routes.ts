/** 对办公网开放: addresses, QR code, certificate. */
import { z } from "zod";
import { type Bitmap, emptyBitmap } from "../message/index.ts";
import { limits } from "../limits.ts";
import type { Installation } from "./installation.ts";
import { refused } from "./installation-routes.ts";
import type { Network, NetworkView } from "./network.ts";
import { type NetworkJson, networkSchema, openedSchema } from "./network-schemas.ts";
import { saysOf, trustOf, warningOf } from "./network-words.ts";
import { pngOf } from "./picture.ts";
import { ProblemError } from "./problem.ts";
import { type Access, type Route, route } from "./route.ts";
import { isoOf } from "./views.ts";

const nothing = z.strictObject({});
const readers: Access = ["administrator", "auditor"];
const which = z.strictObject({
  address: z.coerce.number().int().min(0).max(99).default(0).meta({ description: "Which of `urls`, from 0" }),
});

/** `installation`: by which it is opened and closed; absent: by whoever starts the daemon alone. */
export function networkRoutes(network: Network, installation?: Installation): readonly Route[] {
  const json = (view: NetworkView): NetworkJson => {
    const { state, urls, tls, certificate, proxy } = view;
    // For telephones, which open the page: where nobody may, there is nothing to be opened.
    const first = state === "open" && !view.alone ? urls[0] : undefined;
    const code = first === undefined ? null : network.code(first);
    return {
      state,
      says: saysOf(view),
      urls: [...urls],
      tls,
      warning: warningOf(view),
      certificate: certificate && { fingerprint: certificate.fingerprint, until: isoOf(certificate.until) },
      trust: [...trustOf(view)],
      proxy,
      code: code && [...code],
    };
  };
  return [
    route({
      path: "/api/v1/network",
      access: readers,
      summary: "How the page is reached from the office's other computers, and how to trust its certificate",
      params: nothing,
      query: nothing,
      output: { type: "application/json", schema: networkSchema, description: "As it was started" },
      failures: [401, 403],
      answer: (_, response) => void response.json(json(network.view())),
    }),
    ...(installation ? [openingRoute(network, installation, json)] : []),
    route({
      path: "/api/v1/network/code.png",
      access: readers,
      summary: "An address as a QR code, for telephones and notices on the wall",
      params: nothing,
      query: which,
      output: { type: "image/png", schema: z.string(), description: "Eight pixels a module" },
      failures: [401, 403, 404],
      answer: async ({ address }, response) => {
        const url = network.view().urls[address];
        const code = url === undefined ? null : network.code(url);
        if (code === null) throw none("query address", "没有这个地址", "there is no such address");
        response.type("image/png").send(Buffer.from(await pngOf(lightOf(code), "#ffffff", 8)));
      },
    }),
    route({
      path: "/api/v1/network/boardcast.crt",
      access: "anyone",
      summary:
        "The page's own certificate, to be trusted after its fingerprint was compared; every connection shows it anyway",
      params: nothing,
      query: nothing,
      output: { type: "application/x-x509-ca-cert", schema: z.string(), description: "PEM" },
      failures: [404],
      answer: (_, response) => {
        const { certificate } = network.view();
        if (certificate === null) throw none("certificate", "没有证书", "there is no certificate");
        response.attachment("boardcast.crt").type("application/x-x509-ca-cert").send(Buffer.from(certificate.pem));
      },
    }),
  ];
}

function openingRoute(network: Network, installation: Installation, json: (view: NetworkView) => NetworkJson): Route {
  return route({
    path: "/api/v1/network",
    method: "put",
    access: ["administrator"],
    scope: null,
    summary: "Open the page to the office's network, or take that back: into the installation file",
    params: nothing,
    query: nothing,
    body: z.strictObject({
      to: z.enum(["office", "here"]).meta({ title: "给谁 / for whom", examples: ["office"] }),
      reason: z
        .string()
        .trim()
        .min(1)
        .max(limits.switchReasonChars)
        .meta({ title: "原因 / reason", examples: ["各科室要用"] }),
    }),
    output: { type: "application/json", schema: openedSchema, description: "As it will be, from the next start on" },
    failures: [401, 403, 409, 422, 503],
    answer: async ({ to, reason }, response, _, caller) => {
      const host = to === "office" ? "0.0.0.0" : "127.0.0.1";
      const written = await installation.listen(caller, host, reason);
      if (!written.ok) throw refused(written);
      const { effect } = await installation.view();
      // The answer first: starting anew ends every connection.
      response.once("finish", () => installation.begin());
      response.json({ ...json(network.afterwards(host)), effect });
    },
  });
}

/** Lit where the code is light. */
function lightOf(rows: readonly string[]): Bitmap {
  const bitmap = emptyBitmap(rows.length, rows.length, "mono1");
  const stride = Math.ceil(rows.length / 8);
  for (const [y, row] of rows.entries())
    for (const [x, module] of [...row].entries()) {
      const at = y * stride + (x >> 3);
      if (module === ".") bitmap.pixels[at] = (bitmap.pixels[at] ?? 0) | (0x80 >> (x & 7));
    }
  return bitmap;
}

function none(where: string, zh: string, en: string): ProblemError {
  const remedy = { zh: "GET /api/v1/network 列出现有的。", en: "GET /api/v1/network lists what there is." };
  return new ProblemError(404, { where, what: { zh, en }, remedy });
}
