/** 对办公网开放: how the page is reached from the office's other computers. The daemon implements it. */

export interface NetworkView {
  /** here: only this computer is answered. held: the installation file wants more, there is no account yet. open: others are answered. */
  readonly state: "here" | "held" | "open";
  /** `review: none`: nobody signs in, and of others only who has a key for a board's text is answered. */
  readonly alone: boolean;
  /** Best first; of `here`, this computer's own. */
  readonly urls: readonly string[];
  readonly tls: "none" | "generated" | "files";
  readonly certificate: CertificateView | null;
  /** Reverse proxies that are believed. */
  readonly proxy: number;
}

export interface CertificateView {
  /** SHA-256 of the DER, "AB:CD:…". */
  readonly fingerprint: string;
  /** ms. */
  readonly until: number;
  readonly pem: string;
}

export interface Network {
  view(): NetworkView;
  /** As it will be when the daemon has started anew and answers there; makes the certificate that it will show. */
  afterwards(host: "0.0.0.0" | "127.0.0.1"): NetworkView;
  /** A QR code with its quiet zone, a row a line: # dark, . light; null: too long. */
  code(text: string): readonly string[] | null;
}
