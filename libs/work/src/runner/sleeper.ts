/** Sleeps until the time is up or someone wakes it; a wake that comes while awake ends the next sleep at once. */
export class Sleeper {
  private woken = false;
  private end: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.end?.();
  }

  async sleep(ms: number): Promise<void> {
    if (!this.woken && ms > 0) await this.untilWoken(ms);
    this.woken = false;
  }

  private untilWoken(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end?.(), ms);
      this.end = () => {
        clearTimeout(timer);
        this.end = undefined;
        resolve();
      };
    });
  }
}
