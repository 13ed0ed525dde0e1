import type { Environment } from '@selfos/config';
import { StartFailure } from '../start-failure.js';
import { adapterLines, chosenAdapters } from './adapters-report.js';
import { boot, type RunningSelfos } from './boot.js';
import { findProgram } from './programs.js';
import type { ServicePart } from './service-part.js';

type Tell = (line: string) => void;

/** `npm start`: runs until a signal, then stops everything. Sets the exit code; prints one line for every foreseen failure. */
export async function startCommand(parts: readonly ServicePart[], env: Environment, tell: Tell): Promise<void> {
  const started = performance.now();
  const stopping = new AbortController();
  onStop(() => stopping.abort());
  try {
    const selfos = await boot(parts, env);
    welcome({ selfos, parts, env, seconds: (performance.now() - started) / 1000, tell });
    await aborted(stopping.signal);
    tell('Stopping …');
    await selfos.stop();
    tell('Stopped.');
    process.exit(0);
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
}

interface Welcome {
  readonly selfos: RunningSelfos;
  readonly parts: readonly ServicePart[];
  readonly env: Environment;
  readonly seconds: number;
  readonly tell: Tell;
}

function welcome({ selfos, parts, env, seconds, tell }: Welcome): void {
  const { home, gateway, logPath } = selfos;
  const around = { home: home.path, espeak: findProgram('espeak-ng', env['PATH']) !== undefined, ffmpeg: findProgram('ffmpeg', env['PATH']) !== undefined };
  const url = `http://localhost:${gateway.port}`;
  tell(`SelfOS is ready (${seconds.toFixed(1)} s).`);
  for (const line of adapterLines(chosenAdapters(env, around, parts))) tell(line);
  tell(`Data    ${home.path} (${home.why})`);
  tell(`Log     ${logPath}`);
  tell(`API     ${url}/api/v1`);
  tell(`Docs    ${url}/docs`);
  tell(`Ready   ${url}/ready`);
  tell('Stop with Ctrl-C. Try it: npm run demo');
}

/** One Ctrl-C can arrive twice: from the terminal and from the script in between. */
const SAME_SIGNAL_MS = 500;

/** Ctrl-C, SIGTERM, a closed terminal, or the death of the script that started us. A second signal ends at once. */
function onStop(stop: () => void): void {
  let askedAt: number | undefined;
  const ask = (): void => {
    if (askedAt !== undefined && performance.now() - askedAt > SAME_SIGNAL_MS) process.exit(130);
    askedAt ??= performance.now();
    stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.connected) {
    process.once('disconnect', ask);
    process.channel?.unref();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  // A timer keeps the process alive even when every service has closed its own handles.
  const alive = setInterval(() => undefined, 60_000);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      clearInterval(alive);
      resolve();
    });
  });
}
