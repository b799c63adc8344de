/** What stops what was started, the last first. One that fails keeps none of the others from their end. */
export class Ends {
  private readonly list: (() => unknown)[] = [];

  add(end: () => unknown): void {
    this.list.push(end);
  }

  async run(): Promise<void> {
    for (let end = this.list.pop(); end; end = this.list.pop()) {
      try {
        await end();
      } catch (error) {
        report(error);
      }
    }
  }
}

export function report(error: unknown): void {
  console.error(error);
}
