/** A sleep that can be cut short. A call while nobody sleeps makes the next sleep return at once. */
export class Wake {
  private pending = false;
  private resolve: (() => void) | undefined;

  call(): void {
    this.pending = true;
    this.resolve?.();
  }

  /** Sleeps for `ms` at most. */
  async sleep(ms: number): Promise<void> {
    if (!this.pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.resolve = undefined;
    this.pending = false;
  }
}
