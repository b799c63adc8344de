/** What is answered of trusted senders, as the page reads it. */
import { z } from "zod";
import { hash } from "./schemas.ts";

const said = z.object({ by: z.string(), at: z.string() });

export const senderSchema = z
  .object({ sender: z.string(), fingerprint: hash, proposed: said, confirmed: said.nullable() })
  .meta({ id: "CapSender" });
export type SenderJson = z.infer<typeof senderSchema>;
