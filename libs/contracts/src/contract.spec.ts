import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { contract } from './contract.js';
import { clear, sealed, sealedCopy, signedFile } from './marks.js';
import { unmarkedText } from './walk.js';

const envelope = {
  v: 1, s: 1, uid: '0190a000-0000-7000-8000-000000000001', oid: '0190a000-0000-7000-8000-000000000002', ctx: 'tasks.task.title',
  rev: '1', wid: 'edge:1', r: [{ t: 'd', k: 'tasks:1', w: 'AAAA' }], m: 'AAAA', n: 'AAAA', c: 'AAAA',
};
const title = sealed('tasks', 'tasks.task.title', z.string().min(1).max(500));

describe('contract', () => {
  it('replaces a marked field by an envelope and leaves the others', () => {
    const task = contract(z.object({ id: z.uuid(), title, priority: z.int().min(1).max(5) }));
    expect(task.sealed).toBe(true);
    expect(task.inner.safeParse({ id: envelope.oid, title: envelope, priority: 3 }).success).toBe(true);
    expect(task.inner.safeParse({ id: envelope.oid, title: 'Run', priority: 3 }).success).toBe(false);
    expect(task.plain.safeParse({ id: envelope.oid, title: 'Run', priority: 3 }).success).toBe(true);
  });

  it('goes through arrays, optionals, unions and nested contracts', () => {
    const task = contract(z.object({ id: z.uuid(), title }));
    const page = contract(z.object({ items: z.array(task.plain), extra: task.plain.optional() }));
    expect(page.inner.safeParse({ items: [{ id: envelope.oid, title: envelope }] }).success).toBe(true);
    expect(page.inner.safeParse({ items: [{ id: envelope.oid, title: 'Run' }] }).success).toBe(false);
    const change = contract(z.discriminatedUnion('op', [z.object({ op: z.literal('create'), task: task.plain }), z.object({ op: z.literal('drop'), id: z.uuid() })]));
    expect(change.inner.safeParse({ op: 'create', task: { id: envelope.oid, title: envelope } }).success).toBe(true);
  });

  it('keeps null and absence, and requires the id that envelopes are bound to', () => {
    const body = contract(z.object({ id: z.uuid().optional(), note: sealed('tasks', 'tasks.task.note', z.string().nullable()), title: sealed('tasks', 'tasks.task.title', z.string().optional()) }));
    expect(body.inner.safeParse({ id: envelope.oid, note: null }).success).toBe(true);
    expect(body.inner.safeParse({ note: null }).success).toBe(false);
  });

  it('knows copies and files', () => {
    const view = contract(z.object({ title: sealedCopy([{ domain: 'tasks', ctx: 'tasks.task.title' }], z.string().nullable()), video_url: signedFile() }));
    expect(view.inner.safeParse({ title: { oid: envelope.oid, ctx: envelope.ctx, envelope }, video_url: '/x' }).success).toBe(true);
    expect(view.inner.safeParse({ title: null, video_url: null }).success).toBe(true);
  });

  it('passes a contract without marks through unchanged', () => {
    const schema = z.object({ id: z.uuid(), count: z.int() });
    expect(contract(schema)).toEqual({ plain: schema, inner: schema, sealed: false });
  });

  it.each([
    ['optional', z.object({ title: title.optional() })],
    ['nullable', z.object({ title: title.nullable() })],
    ['a default', z.object({ title: title.default('x') })],
    ['a record', z.object({ titles: z.record(z.uuid(), title) })],
    ['a plain union', z.object({ title: z.union([title, z.literal(false)]) })],
    ['keys that an object lets pass', z.object({ id: z.uuid() }).catchall(title)],
    ['a transform', z.object({ title: title.transform((text) => text.trim()) })],
  ])('refuses a mark that is hidden under %s', (_name, schema) => {
    expect(() => contract(schema)).toThrow('outermost');
  });
});

describe('unmarkedText', () => {
  it('finds free text that is neither sealed nor on the clear list', () => {
    expect(
      unmarkedText(z.object({ id: z.uuid(), day: z.iso.date(), area: z.enum(['health']), zone: clear('time zone', z.string()), title, note: z.string(), deep: z.array(z.object({ x: z.string().optional() })) })),
    ).toEqual(['note', 'deep[].x']);
  });

  it('finds it in the names of a record, in keys that an object lets pass, and where anything fits', () => {
    const schema = z.object({ counts: z.record(z.string(), z.int()), days: z.record(z.iso.date(), z.int()), open: z.looseObject({ id: z.uuid() }), own: z.custom<string>(() => true), pair: z.tuple([z.int()], z.string()) });
    expect(unmarkedText(schema)).toEqual(['counts', 'open', 'own', 'pair']);
  });
});
