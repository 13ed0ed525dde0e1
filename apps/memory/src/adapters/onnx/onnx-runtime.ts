import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const VERSIONS = ['onnxruntime-node@1.30.0', '@huggingface/tokenizers@0.2.0'];

/** How to get what runs a mounted model. It is not brought with SelfOS: it is large, and most people need none. */
export function howToInstall(folder: string): string {
  return `npm install --prefix ${resolve(folder)} --ignore-scripts ${VERSIONS.join(' ')}`;
}

/** Where the two packages lie that were installed into that folder. Throws an error that says how to get them. Nothing is downloaded. */
export function findRuntime(folder: string): { readonly runtime: string; readonly tokenizers: string } {
  const { resolve: find } = createRequire(join(resolve(folder), 'package.json'));
  try {
    return { runtime: find('onnxruntime-node'), tokenizers: find('@huggingface/tokenizers') };
  } catch (error) {
    throw new Error(`EMBEDDING_PROVIDER is onnx, but its runtime is not installed. To get it: ${howToInstall(folder)}`, { cause: error });
  }
}
