import { isUuid, type Page, type PageRequest } from '@selfos/kernel';
import { DatabaseContext } from '@selfos/persistence';
import { In } from 'typeorm';
import { StoryExists, StoryNotFound, UnreadableCursor } from '../../domain/story/story.errors.js';
import { type StoryFile, StoryRepository } from '../../domain/story/story.repository.js';
import type { Story } from '../../domain/story/story.js';
import { StoryFileRow, StoryRow } from './rows.js';

export class TypeormStoryRepository extends StoryRepository {
  constructor(private readonly database: DatabaseContext) {
    super();
  }

  async add(story: Story): Promise<void> {
    const inserted = await this.database.manager().createQueryBuilder().insert().into(StoryRow).values(rowOf(story)).orIgnore().returning('id').execute();
    if ((inserted.raw as unknown[]).length === 0) throw new StoryExists();
  }

  async find(userId: string, id: string): Promise<Story | undefined> {
    const row = await this.database.manager().findOneBy(StoryRow, { userId, id });
    return row === null ? undefined : storyOf(row);
  }

  async getForChange(userId: string, id: string): Promise<Story> {
    const row = await this.database.manager().findOne(StoryRow, { where: { userId, id }, lock: { mode: 'pessimistic_write' } });
    if (row === null) throw new StoryNotFound();
    return storyOf(row);
  }

  async save(story: Story): Promise<void> {
    await this.database.manager().update(StoryRow, { userId: story.userId, id: story.id }, rowOf(story));
  }

  async list(userId: string, page: PageRequest): Promise<Page<Story>> {
    const query = this.database.manager().createQueryBuilder(StoryRow, 's').where('s.userId = :userId', { userId });
    if (page.cursor !== undefined) query.andWhere('(s.createdAt, s.id) < (:createdAt, :id)', readCursor(page.cursor));
    const rows = await query.orderBy('s.createdAt', 'DESC').addOrderBy('s.id', 'DESC').take(page.limit + 1).getMany();
    const items = rows.slice(0, page.limit).map(storyOf);
    const last = items.at(-1);
    return rows.length > page.limit && last !== undefined ? { items, nextCursor: cursorOf(last) } : { items };
  }

  async saveFiles(userId: string, storyId: string, files: readonly StoryFile[]): Promise<void> {
    await this.database.manager().upsert(
      StoryFileRow,
      files.map((file) => ({ storyId, userId, name: file.name, fileId: file.id, header: file.header, blobKey: file.blobKey, ciphertextBytes: file.ciphertextBytes })),
      ['storyId', 'name'],
    );
  }

  async files(userId: string, storyIds: readonly string[]): Promise<ReadonlyMap<string, readonly StoryFile[]>> {
    const found = new Map<string, StoryFile[]>();
    if (storyIds.length === 0) return found;
    const rows = await this.database.manager().findBy(StoryFileRow, { userId, storyId: In([...storyIds]) });
    for (const row of rows) {
      const file = { id: row.fileId, name: row.name, header: row.header, blobKey: row.blobKey, ciphertextBytes: Number(row.ciphertextBytes) };
      found.set(row.storyId, [...(found.get(row.storyId) ?? []), file]);
    }
    return found;
  }

  async removeAll(userId: string): Promise<void> {
    await this.database.manager().delete(StoryRow, { userId });
  }
}

/** A place in the list: when, and which of those that began at once. Ids alone would not do, a client may bring any. */
function cursorOf(story: Story): string {
  return Buffer.from(`${story.createdAt.getTime()}/${story.id}`).toString('base64url');
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split('/');
  const createdAt = new Date(Number(time));
  if (Number.isNaN(createdAt.getTime()) || !isUuid(id)) throw new UnreadableCursor();
  return { createdAt, id };
}

function rowOf(story: Story): StoryRow {
  const { texts, period } = story;
  return {
    id: story.id,
    userId: story.userId,
    startDate: period.start,
    endDate: period.end,
    timezone: period.zone,
    status: story.status,
    state: story.state,
    title: texts.title ?? null,
    narrative: texts.narrative ?? null,
    script: texts.script ?? null,
    blogMarkdown: texts.blogMarkdown ?? null,
    blogPost: texts.blogPost ?? null,
    obsidianNote: texts.obsidianNote ?? null,
    failure: story.failure ?? null,
    createdAt: story.createdAt,
    generatedAt: story.generatedAt ?? null,
  };
}

function storyOf(row: StoryRow): Story {
  return {
    id: row.id,
    userId: row.userId,
    period: { start: row.startDate, end: row.endDate, zone: row.timezone },
    status: row.status,
    state: row.state,
    texts: {
      title: row.title ?? undefined,
      narrative: row.narrative ?? undefined,
      script: row.script ?? undefined,
      blogMarkdown: row.blogMarkdown ?? undefined,
      blogPost: row.blogPost ?? undefined,
      obsidianNote: row.obsidianNote ?? undefined,
    },
    failure: row.failure ?? undefined,
    createdAt: row.createdAt,
    generatedAt: row.generatedAt ?? undefined,
  };
}
