/** A draft's words and times while somebody writes on them. */
import type { Answers } from "../../notices/review/types.ts";
import type { Content, Schedule } from "../../notices/types.ts";
import type { DraftDocument } from "../review-api.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
/** As forms write on it. */
export interface OpenDocument
  extends Omit<Writable<DraftDocument>, "content" | "schedule" | "explanations" | "answers"> {
  content: Partial<Writable<Content>>;
  schedule: Partial<Writable<Schedule>>;
  explanations: { [hit: string]: string };
  answers: Answers;
}
