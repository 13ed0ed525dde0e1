import { Controller } from '@nestjs/common';
import { routes } from '@selfos/contracts';
import { type AnswerOf, Input, type InputOf, Route } from '@selfos/http';
import { Sealer } from '@selfos/sealing';
import type { PictureFacts } from '../domain/pictures/picture.js';
import { DescribePicture } from '../domain/use-cases/describe-picture.js';
import { answeredByOf } from './answer-body.js';
import { ModelDeadline } from './model-deadline.js';

/** Pictures. They are open only between the two calls of the sealer, and kept nowhere. */
@Controller()
export class PicturesController {
  constructor(
    private readonly sealer: Sealer,
    private readonly describing: DescribePicture,
    private readonly deadline: ModelDeadline,
  ) {}

  @Route(routes.describePicture)
  async describe(@Input() { userId, body, signal }: InputOf<typeof routes.describePicture>): Promise<AnswerOf<typeof routes.describePicture>> {
    const pictureId = body.picture_id ?? body.picture.oid;
    const { picture } = await this.sealer.open(routes.describePicture.body, userId, { ...body, picture_id: pictureId });
    const { facts, words, by } = await this.describing.execute(userId, Buffer.from(picture, 'base64'), this.deadline.from(signal));
    const seen = { description: words.description, labels: [...words.labels], facts: toFacts(facts) };
    return this.sealer.seal(routes.describePicture.response, userId, { picture_id: pictureId, seen, answered_by: answeredByOf(by) });
  }
}

function toFacts({ width, height, format, takenAt, takenLocal, latitude, longitude, colours }: PictureFacts) {
  return { width, height, format, taken_at: takenAt?.toISOString() ?? null, taken_local: takenLocal ?? null, latitude: latitude ?? null, longitude: longitude ?? null, colours: [...colours] };
}
