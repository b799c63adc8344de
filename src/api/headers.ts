/** What every answer carries, whatever it is. */
import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, RequestHandler, Response } from "express";
import helmet from "helmet";
import type { Caller } from "../people/types.ts";
import { isSecure } from "./visit.ts";

/** What a page of ours never asks a browser for; names that today's browsers know, for others they complain of. */
const neverAsked = ["camera", "microphone", "geolocation", "payment", "usb", "serial", "display-capture"];
const permissions = neverAsked.map((name) => `${name}=()`).join(", ");

/**
 * Nothing is loaded from elsewhere and nothing inline runs. Without HSTS: a browser that has seen it once refuses the
 * plain HTTP of the same host, and offers no way past a certificate that it does not know.
 */
export function secured(): readonly RequestHandler[] {
  const self = ["'self'"];
  const usual = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: self,
        styleSrc: self,
        imgSrc: self,
        fontSrc: self,
        connectSrc: self,
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: "deny" },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  return [usual, alsoSecured];
}

function alsoSecured(request: Request, response: Response, next: NextFunction): void {
  response.set("Permissions-Policy", permissions);
  // Browsers take it from where nobody in between can change it, and complain elsewhere.
  if (isTrustworthy(request)) response.set("Cross-Origin-Opener-Policy", "same-origin");
  next();
}

function isTrustworthy(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? "").toLowerCase();
  return isSecure(request) || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host);
}

/** What somebody was shown because of who they are stays in no cache; practice and the doors' own answers may be asked for again. */
export const cachingFor = ({ via }: Caller): "no-store" | "no-cache" => (via === "visitor" ? "no-cache" : "no-store");
