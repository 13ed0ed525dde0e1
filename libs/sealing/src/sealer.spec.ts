import { describe, expect, it } from '@jest/globals';
import { contract, identifiedBy, routes, sealed, sealedCopy, signedFile, type Inner } from '@selfos/contracts';
import { SealRefused } from '@selfos/crypto';
import { defineError, isUuid, uuidv7 } from '@selfos/kernel';
import { z } from 'zod';
import { InMemoryKeySource } from './keys/in-memory-key-source.js';
import { Sealer } from './sealer.js';

const ada = uuidv7();
const bob = uuidv7();
const refused = new SealRefused();

const title = sealed('tasks', 'tasks.task.title', z.string());
const tree = contract(
  z.object({
    id: z.uuid().optional(),
    title,
    note: sealed('tasks', 'tasks.task.description', z.string().nullable()),
    priority: z.int(),
    items: z.array(z.object({ id: z.uuid(), title, tags: sealed('tasks', 'tasks.task.tags', z.array(z.string())) })).optional(),
    goal: z.object({ goal_id: z.uuid(), title: sealed('goals', 'goals.goal.title', z.string()) }).nullable(),
    change: z.discriminatedUnion('op', [z.object({ op: z.literal('create'), task: z.object({ id: z.uuid(), title }) }), z.object({ op: z.literal('drop'), task_id: z.uuid() })]),
  }),
);

const sample = {
  id: uuidv7(),
  title: 'Walk',
  note: null,
  priority: 2,
  items: [1, 2, 3].map((n) => ({ id: uuidv7(), title: `Item ${n}`, tags: ['a', 'b'] })),
  goal: { goal_id: uuidv7(), title: 'Run ten kilometres' },
  change: { op: 'create' as const, task: { id: uuidv7(), title: 'Stretch' } },
};

function setUp(): { keys: InMemoryKeySource; sealer: Sealer } {
  const keys = new InMemoryKeySource();
  return { keys, sealer: new Sealer(keys, 'edge:1') };
}

describe('sealing a body', () => {
  it('replaces every sealed field at any depth, and opening gives the body back', async () => {
    const { keys, sealer } = setUp();
    const inner = await sealer.seal(tree, ada, sample);
    expect(tree.inner.parse(inner)).toEqual(inner);
    expect(JSON.stringify(inner)).not.toMatch(/Walk|Item|kilometres|Stretch/);
    expect(keys.asked).toBe(2);
    expect(await sealer.open(tree, ada, inner)).toEqual(sample);
  });

  it('binds each envelope to the nearest object with an id', async () => {
    const { sealer } = setUp();
    const inner = await sealer.seal(tree, ada, sample);
    expect(inner.items?.map((item) => item.title.oid)).toEqual(sample.items.map((item) => item.id));
    expect(inner.goal?.title.oid).toBe(sample.id);
    expect((inner.change as { task: { title: { oid: string } } }).task.title.oid).toBe(sample.change.task.id);
  });

  it('binds what a plan changes to the records that it changes, as edited by their owner too', async () => {
    const { sealer } = setUp();
    const [task_id, goal_id, step, memory] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const milestones = [{ id: step, title: 'Half way', due_date: null, done: false }];
    const edits = [
      { index: 0, change: { op: 'update_task' as const, task_id, set: { title: 'Swim', description: null } } },
      { index: 1, change: { op: 'update_goal' as const, goal_id, set: { vision: 'To be fit', milestones } } },
      { index: 2, change: { op: 'remember' as const, memory: { id: memory, type: 'preference' as const, text: 'Ann likes tea' } } },
    ];
    const inner = routes.acceptPlan.body.inner.parse(await sealer.seal(routes.acceptPlan.body, ada, { edits }));
    expect(JSON.stringify(inner)).not.toMatch(/Swim|fit|Half|tea/);
    const [task, goal, remembered] = (inner.edits ?? []).map(({ change }) => change);
    expect(task).toMatchObject({ set: { title: { oid: task_id, ctx: 'tasks.task.title' }, description: null } });
    expect(goal).toMatchObject({ set: { vision: { oid: goal_id }, milestones: [{ title: { oid: step } }] } });
    expect(remembered).toMatchObject({ memory: { text: { oid: memory, ctx: 'memories.memory.text' } } });
    expect(await sealer.open(routes.acceptPlan.body, ada, inner)).toEqual({ edits });
  });

  it('names an object that comes without its id', async () => {
    const { sealer } = setUp();
    const { id: _id, ...nameless } = sample;
    const inner = await sealer.seal(tree, ada, nameless);
    expect(isUuid(inner.id)).toBe(true);
    expect(inner.title.oid).toBe(inner.id);
    const given = await sealer.seal(tree, { userId: ada, newId: (path) => (path === '' ? sample.id : '') }, nameless);
    expect(given.id).toBe(sample.id);
  });

  it('uses the root id for a body without one, and refuses to guess', async () => {
    const { sealer } = setUp();
    const patch = contract(z.object({ title: sealed('tasks', 'tasks.task.title', z.string().optional()), priority: z.int().optional() }));
    const inner = await sealer.seal(patch, { userId: ada, rootOid: sample.id }, { title: 'Run' });
    expect(inner.title?.oid).toBe(sample.id);
    expect(await sealer.open(patch, { userId: ada, rootOid: sample.id }, inner)).toEqual({ title: 'Run' });
    expect(await sealer.seal(patch, ada, { priority: 1 })).toEqual({ priority: 1 });
    await expect(sealer.seal(patch, ada, { title: 'Run' })).rejects.toThrow('rootOid');
  });

  it('drops what the contract does not name', async () => {
    const { sealer } = setUp();
    const inner = await sealer.seal(tree, ada, { ...sample, secret: 'words' } as typeof sample);
    expect(JSON.stringify(inner)).not.toContain('words');
  });

  it('takes the id from the key that the contract declares', async () => {
    const { sealer } = setUp();
    const body = contract(identifiedBy('message_id', z.object({ message_id: z.uuid(), message: sealed('conversations', 'conversations.message.text', z.string()) })));
    const inner = await sealer.seal(body, ada, { message_id: sample.id, message: 'hello' });
    expect(inner.message).toMatchObject({ uid: ada, oid: sample.id, ctx: 'conversations.message.text', wid: 'edge:1' });
  });
});

describe('opening a body', () => {
  it('refuses envelopes of another person, object or place', async () => {
    const { sealer } = setUp();
    const inner = await sealer.seal(tree, ada, sample);
    const [first, second] = inner.items ?? [];
    const wrong: Inner<typeof tree>[] = [
      { ...inner, id: uuidv7() },
      { ...inner, items: [{ ...first!, title: second!.title }] },
      { ...inner, note: inner.title },
      { ...inner, goal: { ...inner.goal!, title: inner.title } },
      { ...inner, title: { ...inner.title, uid: bob } },
    ];
    for (const body of wrong) await expect(sealer.open(tree, ada, body)).rejects.toEqual(refused);
    await expect(sealer.open(tree, bob, inner)).rejects.toEqual(refused);
  });

  it('opens a copy under the object it came from, at its declared places only', async () => {
    const { sealer } = setUp();
    const task = await sealer.seal(tree, ada, sample);
    const view = contract(z.object({ id: z.uuid(), title: sealedCopy([{ domain: 'tasks', ctx: 'tasks.task.title' }], z.string().nullable()) }));
    const body = { id: uuidv7(), title: { oid: task.title.oid, ctx: task.title.ctx, envelope: task.title } };
    expect(await sealer.open(view, ada, body)).toEqual({ id: body.id, title: 'Walk' });
    expect(await sealer.open(view, ada, { ...body, title: null })).toEqual({ ...body, title: null });
    expect(await sealer.seal(view, ada, body as never)).toEqual(body);
    await expect(sealer.seal(view, ada, { id: body.id, title: 'words' })).rejects.toThrow('sealed');
    const elsewhere = { ...body, title: { ...body.title, ctx: 'goals.goal.title' } };
    await expect(sealer.open(view, ada, elsewhere)).rejects.toEqual(refused);
  });

  it('shows files by the address that the edge gives them', async () => {
    const { sealer } = setUp();
    const view = contract(z.object({ id: z.uuid(), video_url: signedFile(), title }));
    const inner = await sealer.seal(view, ada, { id: sample.id, video_url: 'stories/1/video', title: 'Week' });
    const opened = await sealer.open(view, { userId: ada, fileUrl: (path) => `https://x/${path}?sig` }, inner);
    expect(opened).toEqual({ id: sample.id, video_url: 'https://x/stories/1/video?sig', title: 'Week' });
  });

  it('works on the real routes', async () => {
    const { sealer } = setUp();
    const body = routes.createTask.body.plain.parse({ id: sample.id, title: 'Walk', life_areas: ['health'] });
    const inner = await sealer.seal(routes.createTask.body, ada, body);
    expect(routes.createTask.body.inner.safeParse(inner).error).toBeUndefined();
    expect(await sealer.open(routes.createTask.body, ada, inner as never)).toEqual(body);
  });
});

describe('single values, files and names', () => {
  it('seal and open at their place', async () => {
    const { sealer } = setUp();
    const place = { oid: uuidv7(), ctx: 'stories.story.narrative' };
    const envelope = await sealer.sealValue(ada, place, { lines: ['a'] });
    expect(await sealer.openValue(ada, place, envelope)).toEqual({ lines: ['a'] });
    await expect(sealer.openValue(ada, { ...place, oid: uuidv7() }, envelope)).rejects.toEqual(refused);
    await expect(sealer.openValue(ada, { ...place, ctx: 'nothing.story.narrative' }, envelope)).rejects.toEqual(refused);
  });

  it('seal a file whose ranges open', async () => {
    const { sealer } = setUp();
    const place = { oid: uuidv7(), ctx: 'media.file.content' };
    const blob = await sealer.blobSealer(ada, place, 'video/mp4');
    const stored: Uint8Array[] = [];
    for await (const chunk of blob.seal([Buffer.from('a film')])) stored.push(chunk);
    const reader = await sealer.blobReader(ada, place, await blob.header());
    const bytes = Buffer.concat(stored);
    for await (const part of reader.read((start, end) => Promise.resolve(bytes.subarray(start, end)), 2, 6)) expect(Buffer.from(part).toString()).toBe('film');
    expect(reader.info.mime).toBe('video/mp4');
  });

  it('leave no key of a file’s person behind, sealed or given up', async () => {
    const { keys, sealer } = setUp();
    const given: Uint8Array[] = [];
    const ask = keys.domainKey.bind(keys);
    keys.domainKey = async (name) => {
      const key = await ask(name);
      given.push(key);
      return key;
    };
    const place = { oid: uuidv7(), ctx: 'media.file.content' };
    const blob = await sealer.blobSealer(ada, place, 'video/mp4');
    expect(given.every((key) => key.every((byte) => byte === 0))).toBe(true);
    for await (const _chunk of blob.seal([Buffer.from('a film')]));
    await blob.header();
    expect(given).toHaveLength(2);
    expect(given.every((key) => key.every((byte) => byte === 0))).toBe(true);
    await expect(blob.header()).rejects.toThrow('once');
  });

  it('are refused under an epoch that never was, and only then', async () => {
    const { keys, sealer } = setUp();
    const place = { oid: uuidv7(), ctx: 'tasks.task.title' };
    const envelope = await sealer.sealValue(ada, place, 'Walk');
    class NoSuchKey extends defineError('auth.key.not-found', 'not-found', 'There is no such key') {}
    class Down extends defineError('auth.down', 'unavailable', 'Down') {}
    keys.domainKey = ({ epoch }) => Promise.reject(epoch === 1 ? new Down() : new NoSuchKey());
    const later = { ...envelope, r: envelope.r.map((recipient) => ({ ...recipient, k: 'tasks:7' })) };
    await expect(sealer.openValue(ada, place, later)).rejects.toEqual(refused);
    await expect(sealer.openValue(ada, place, envelope)).rejects.toBeInstanceOf(Down);
  });

  it('give each person and purpose a lasting key of their own', async () => {
    const { sealer } = setUp();
    const key = await sealer.hmacKey(ada, 'object-id');
    expect(await sealer.hmacKey(ada, 'object-id')).toEqual(key);
    expect(await sealer.hmacKey(ada, 'fingerprint')).not.toEqual(key);
    expect(await sealer.hmacKey(bob, 'object-id')).not.toEqual(key);
  });
});
