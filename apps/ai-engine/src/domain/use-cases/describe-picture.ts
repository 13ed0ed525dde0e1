import { Injectable } from '@nestjs/common';
import type { Uuid } from '@selfos/kernel';
import { AskModel } from '../model/ask-model.js';
import { faultsIn } from '../model/faults-in.js';
import type { AnsweredBy } from '../model/language-model.js';
import { WishesOf } from '../model/wishes-of.js';
import type { PictureFacts } from '../pictures/picture.js';
import { pictureQuestion, pictureSchema, type PictureWords, ruledWords } from '../pictures/picture-question.js';
import { filterOutput } from '../safety/output-filter.js';
import { AnswerFaults } from '../ports/answer-faults.js';
import { PictureReader } from '../ports/picture-reader.js';

export interface DescribedPicture {
  readonly facts: PictureFacts;
  readonly words: PictureWords;
  readonly by: AnsweredBy;
}

/** Says what is to be seen in a picture, by a model that may see it; else only what its file tells. Throws PictureUnreadable. */
@Injectable()
export class DescribePicture {
  constructor(
    private readonly pictures: PictureReader,
    private readonly model: AskModel,
    private readonly wishes: WishesOf,
    private readonly faults: AnswerFaults,
  ) {}

  async execute(userId: Uuid, bytes: Uint8Array, signal: AbortSignal): Promise<DescribedPicture> {
    const picture = await this.pictures.read(bytes);
    const question = pictureQuestion(picture);
    const answer = await this.model.ask({ ...question, signal, wishes: await this.wishes.of(userId) }, pictureSchema);
    await this.faults.note(userId, faultsIn(answer.by.fallback, { operation: 'image', template: question.template }));
    const words = answer.kind === 'answered' ? answer.value : ruledWords(picture.facts);
    const clean = (text: string): string => filterOutput(text, new Set());
    return { facts: picture.facts, words: { description: clean(words.description), labels: words.labels.map(clean) }, by: answer.by };
  }
}
