/** How a state stands, for the eye: beside a sentence that says it in words, so that it need not be said twice. */
export type Tone = "good" | "plain" | "waiting" | "bad";

export const markOf: Readonly<Record<Tone, string>> = { good: "✓", plain: "–", waiting: "…", bad: "⚠" };
