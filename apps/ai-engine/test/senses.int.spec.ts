import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Inner, type Plain, routes } from '@selfos/contracts';
import { EventBus } from '@selfos/event-bus';
import { uuidv7, type Uuid } from '@selfos/kernel';
import { eventually, requireRealPart } from '@selfos/testing';
import sharp from 'sharp';
import { silence, speechLike, wavOf } from '../src/domain/voice/voice.fixture.js';
import { AiEngineBed } from './ai-engine-bed.js';
import { claudeWire, lines, ProviderServer, type Reply, status } from './provider-server.js';

type Transcribed = Plain<typeof routes.transcribe.response>;
type Seen = Plain<typeof routes.describePicture.response>;

const json = (value: unknown): Reply => (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));

requireRealPart('postgres')('recordings and pictures', () => {
  const whisper = new ProviderServer();
  const claude = new ProviderServer();
  let bed: AiEngineBed;
  let picture: Buffer;
  beforeAll(async () => {
    picture = await sharp({ create: { width: 1500, height: 900, channels: 3, background: '#2a5fc8' } }).jpeg().withExif({ IFD2: { DateTimeOriginal: '2026:03:04 07:30:00', OffsetTimeOriginal: '+01:00' } }).toBuffer();
    bed = await AiEngineBed.start({ WHISPER_URL: `${await whisper.start()}/v1`, ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: await claude.start() });
  });
  afterAll(async () => {
    await bed.stop();
    await Promise.all([whisper.stop(), claude.stop()]);
  });

  async function hear(userId: Uuid, samples: Float32Array): Promise<Transcribed> {
    const recording = Buffer.from(wavOf(samples)).toString('base64');
    const body = await bed.sealer.seal(routes.transcribe.body, userId, { recording_id: uuidv7(), recording, format: 'wav' });
    const answer = await bed.actingFor(userId, () => bed.client('gateway').call(routes.transcribe, { body }));
    return bed.sealer.open(routes.transcribe.response, userId, answer as Inner<typeof routes.transcribe.response>);
  }

  async function look(userId: Uuid, image: Buffer): Promise<Seen> {
    const body = await bed.sealer.seal(routes.describePicture.body, userId, { picture_id: uuidv7(), picture: image.toString('base64') });
    const answer = await bed.actingFor(userId, () => bed.client('gateway').call(routes.describePicture, { body }));
    return bed.sealer.open(routes.describePicture.response, userId, answer as Inner<typeof routes.describePicture.response>);
  }

  async function wants(userId: Uuid, privacy_mode: 'off' | 'private' | 'offline', version: number): Promise<void> {
    const data = { privacy_mode, model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null }, version };
    const event = {
      specversion: '1.0', id: uuidv7(), source: '/backend', type: 'settings.changed', time: bed.clock.now().toISOString(), datacontenttype: 'application/json', userid: userId, aggregateid: userId, seq: version, dataversion: 1, data,
    };
    await bed.engine.app.get(EventBus).publish([event]);
  }

  it('hears what was said, by the engine of one’s own', async () => {
    whisper.reply = json({ text: ' Call my mother on Sunday. ' });
    expect(await hear(uuidv7(), speechLike(2, 3))).toMatchObject({ heard: 'Call my mother on Sunday.', silent: false, seconds: 3, engine: 'whisper/whisper-1', fallback: null });
  });

  it('asks nobody about silence', async () => {
    const asked = whisper.seen.length;
    expect(await hear(uuidv7(), silence(5))).toMatchObject({ heard: '', silent: true, seconds: 5, engine: null });
    expect(whisper.seen.length).toBe(asked);
  });

  it('says so when nobody could listen, and when a recording is none', async () => {
    whisper.reply = status(claudeWire, 500);
    await expect(hear(uuidv7(), speechLike(2, 3))).rejects.toMatchObject({ code: 'ai.recording.nobody-listens' });
    const ada = uuidv7();
    const body = await bed.sealer.seal(routes.transcribe.body, ada, { recording_id: uuidv7(), recording: Buffer.from('no sound').toString('base64'), format: 'wav' });
    await expect(bed.actingFor(ada, () => bed.client('gateway').call(routes.transcribe, { body }))).rejects.toMatchObject({ code: 'ai.recording.unreadable', kind: 'invalid' });
  });

  it('describes a picture by a model that sees, which gets nothing but its pixels', async () => {
    claude.reply = lines(claudeWire, claudeWire.whole(JSON.stringify({ description: 'A blue wall.', labels: ['wall'] })));
    const answer = await look(uuidv7(), picture);
    expect(answer).toMatchObject({ seen: { description: 'A blue wall.', labels: ['wall'], facts: { width: 1500, height: 900, format: 'jpeg', taken_at: '2026-03-04T06:30:00.000Z', colours: ['blue'] } }, answered_by: { model: 'anthropic/claude-opus-5-5', strategy: 'standard', fallback: null } });
    const sent = JSON.stringify(claude.seen.at(-1)?.body);
    const shown = /"data":"([^"]+)"/.exec(sent)?.[1] ?? '';
    expect(await sharp(Buffer.from(shown, 'base64')).metadata()).toMatchObject({ width: 1024, format: 'jpeg' });
    expect((await sharp(Buffer.from(shown, 'base64')).metadata()).exif).toBeUndefined();
  });

  it('says only what the file tells when no model answers', async () => {
    claude.reply = status(claudeWire, 529);
    const answer = await look(uuidv7(), picture);
    expect(answer).toMatchObject({ seen: { labels: [], description: 'A wide picture of 1500 by 900 pixels, mostly blue. Taken on 4 March 2026 at 07:30. What it shows was not looked at.' }, answered_by: { model: 'selfos-builtin', fallback: 'anthropic/claude-opus-5-5: unavailable' } });
  });

  it('shows nothing outside from the moment in which the wish for privacy is heeded', async () => {
    const ada = uuidv7();
    const asked = claude.seen.length;
    const body = { privacy_mode: 'private' as const, model: null, budget: { day_tokens: null, month_tokens: null, day_money: null, month_money: null }, version: 2 };
    await bed.actingFor(ada, () => bed.client('backend').call(routes.heedSettings, { body }));
    expect((await look(ada, picture)).answered_by).toEqual({ model: 'selfos-builtin', strategy: 'privacy', fallback: null });
    expect(claude.seen.length).toBe(asked);
    expect(bed.others.withheld.has(ada)).toBe(true);
  });

  it('shows no picture to anybody outside when the person said so, and does again when they take it back', async () => {
    const ada = uuidv7();
    claude.reply = lines(claudeWire, claudeWire.whole(JSON.stringify({ description: 'A blue wall.', labels: [] })));
    await wants(ada, 'private', 2);
    await eventually(async () => expect((await look(ada, picture)).answered_by).toEqual({ model: 'selfos-builtin', strategy: 'privacy', fallback: null }), { timeoutMs: 15_000 });
    const asked = claude.seen.length;
    await look(ada, picture);
    expect(claude.seen.length).toBe(asked);
    await wants(ada, 'off', 3);
    await eventually(async () => expect((await look(ada, picture)).answered_by.model).toBe('anthropic/claude-opus-5-5'), { timeoutMs: 15_000 });
  });

  it('refuses what is no picture', async () => {
    await expect(look(uuidv7(), Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).rejects.toMatchObject({ code: 'ai.picture.unreadable', kind: 'invalid' });
  });
});
