/** A process of its own that backs up: `backer.ts FOLDER FILE PASSPHRASE`. Says so just before it begins. */
import { backUp } from "../../src/daemon/backup.ts";

const [folder = "", file = "", passphrase = ""] = process.argv.slice(2);
console.log("beginning");
await backUp({ site: { office: "处", practice: false }, folder, siteFile: null, file, passphrase });
