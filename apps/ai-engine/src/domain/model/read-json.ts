import { jsonrepair } from 'jsonrepair';

const THINKING = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/gi;
const FENCE = /```(?:json|jsonc|javascript)?\s*([\s\S]*?)(?:```|$)/i;
const LONGEST_ANSWER = 200_000;

/**
 * The value that a model wrote, out of whatever it wrote around it: thoughts, fences, prose, a second value. What is nearly JSON is
 * mended. Undefined when there is none, when it breaks off, or when the model gave the schema back instead of an answer.
 */
export function readJson(written: string): unknown {
  const text = written.slice(0, LONGEST_ANSWER).replace(THINKING, '').trim();
  const candidates = [text, FENCE.exec(text)?.[1] ?? '', firstObject(text)].map((candidate) => candidate.trim()).filter((candidate) => candidate.startsWith('{'));
  for (const candidate of candidates) {
    const value = parsed(candidate);
    if (isObject(value)) return isSchema(value) ? undefined : value;
  }
  for (const candidate of [...candidates].reverse().filter(isClosed)) {
    const value = mended(candidate);
    if (isObject(value) && !isSchema(value)) return value;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A model that echoes what it was held to. */
const isSchema = (value: Record<string, unknown>): boolean => '$schema' in value || (value['type'] === 'object' && isObject(value['properties']));

/** An answer that breaks off is not mended: a plan that lost its second half is no plan. */
const isClosed = (text: string): boolean => text.endsWith('}');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function mended(text: string): unknown {
  try {
    return parsed(jsonrepair(text));
  } catch {
    return undefined;
  }
}

/** From the first brace to the one that closes it, or to the end. */
function firstObject(text: string): string {
  const start = text.indexOf('{');
  if (start < 0) return '';
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const char = text[index];
    if (inString) {
      if (char === '\\') index += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (depth === 0) return text.slice(start, index + 1);
  }
  return text.slice(start);
}
