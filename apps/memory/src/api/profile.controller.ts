import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { Sealer } from '@selfos/sealing';
import { ChangeProfile } from '../domain/use-cases/change-profile.js';
import { ObserveProfile } from '../domain/use-cases/observe-profile.js';
import { ReadProfile } from '../domain/use-cases/read-profile.js';
import { toChanges, toProfileBody } from './profile-views.js';

/** What people may see, decide and take back of their profile; and what ai-engine reads and tells of it. */
@Controller()
export class ProfileController {
  constructor(
    private readonly readProfile: ReadProfile,
    private readonly changeProfile: ChangeProfile,
    private readonly observeProfile: ObserveProfile,
    private readonly sealer: Sealer,
  ) {}

  @Route(routes.getProfile)
  async read(@Input() { userId }: InputOf<typeof routes.getProfile>): Promise<AnswerOf<typeof routes.getProfile>> {
    return this.sealer.seal(routes.getProfile.response, userId, toProfileBody(userId, await this.readProfile.execute(userId)));
  }

  @Route(routes.changeProfile)
  async change(@Input() { userId, ifMatch, body }: InputOf<typeof routes.changeProfile>): Promise<AnswerOf<typeof routes.changeProfile>> {
    const changes = toChanges(await this.sealer.open(routes.changeProfile.body, userId, body));
    return this.sealer.seal(routes.changeProfile.response, userId, toProfileBody(userId, await this.changeProfile.execute(userId, ifMatch, changes)));
  }

  @Route(routes.resetProfile)
  async reset(@Input() { userId }: InputOf<typeof routes.resetProfile>): Promise<void> {
    await this.changeProfile.reset(userId);
  }

  @Route(routes.readProfile)
  async forAnswer(@Input() { userId }: InputOf<typeof routes.readProfile>): Promise<AnswerOf<typeof routes.readProfile>> {
    return this.sealer.seal(routes.readProfile.response, userId, toProfileBody(userId, await this.readProfile.forAnswer(userId)));
  }

  @Route(routes.observeProfile)
  async observe(@Input() { userId, body }: InputOf<typeof routes.observeProfile>): Promise<AnswerOf<typeof routes.observeProfile>> {
    return { version: await this.observeProfile.execute(userId, body.items.map(({ at, ...item }) => ({ ...item, at: new Date(at) }))) };
  }
}
