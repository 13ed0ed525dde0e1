import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { Input, Route, type AnswerOf, type InputOf } from '@selfos/http';
import { Clock } from '@selfos/kernel';
import { SharedClock } from '@selfos/time-travel';

/** Moves domain time for the demo and tests. The module offers it only with time travel on. */
@Controller()
export class ClockController {
  constructor(private readonly clock: Clock) {}

  @Route(routes.getClock)
  now(): AnswerOf<typeof routes.getClock> {
    return this.view();
  }

  @Route(routes.moveClock)
  async move(@Input() { body }: InputOf<typeof routes.moveClock>): Promise<AnswerOf<typeof routes.moveClock>> {
    if (!(this.clock instanceof SharedClock)) throw new Error('time travel without a clock that can be moved');
    await this.clock.moveTo(new Date(body.to));
    return this.view();
  }

  private view(): AnswerOf<typeof routes.getClock> {
    return { now: this.clock.now().toISOString(), offset_ms: this.clock instanceof SharedClock ? this.clock.offsetMs : 0 };
  }
}
