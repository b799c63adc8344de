/** What a bad installation file throws: in a file of its own, so that whoever only says it loads no YAML and no schema. */
import { type Fault, sentence } from "../fault.ts";

export type SiteFault = Extract<Fault, { code: "config/invalid" }>;

/** All mistakes of one installation file, in the order of its lines. */
export class SiteFileError extends Error {
  readonly faults: readonly SiteFault[];
  constructor(faults: readonly SiteFault[]) {
    super(faults.map((fault) => sentence(fault).en).join("\n"));
    this.name = "SiteFileError";
    this.faults = faults;
  }
}
