/** A case as it lies in the store, of one revision "n". */
export const openedCase = (version: number) =>
  ({
    id: "2017-0001",
    form: "BM2017-001",
    notice: "n",
    number: 1,
    revision: "ab".repeat(32),
    kind: "notice",
    title: "题",
    state: "signature",
    since: 1,
    version,
    unit: "处",
    hands: [{ account: "a1", name: "甲" }],
    steps: [],
    answers: [],
    document: {},
    envelope: null,
    pixels: [],
    dueOn: null,
    paper: null,
    remindedAt: null,
  }) as never;
