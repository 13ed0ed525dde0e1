// Long conversations with questions and the turns that answer them (snap-research/LoCoMo, CC BY-NC 4.0: only ever read here).
import { readFileSync } from 'node:fs';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
/** The data's numbers for kinds of question. The fifth, adversarial, has no answer in the conversation and is not scored. */
export const CATEGORIES = { 1: 'multi-hop', 2: 'temporal', 3: 'open-domain', 4: 'single-hop' };

/** Conversations as {id, passages, questions: [{text, category, evidence: indices of passages}]}. Questions without any known evidence are left out. */
export function readConversations(file) {
  return JSON.parse(readFileSync(file, 'utf8')).map((entry, number) => {
    const passages = passagesOf(entry.conversation);
    const places = new Map(passages.map(({ id }, index) => [id, index]));
    const questions = entry.qa.filter(({ category }) => category in CATEGORIES).map((asked) => toQuestion(asked, places));
    return { id: entry.sample_id ?? String(number), passages, questions: questions.filter(({ evidence }) => evidence.length > 0) };
  });
}

function passagesOf(conversation) {
  const numbers = Object.keys(conversation).map((key) => /^session_(\d+)$/.exec(key)?.[1]).filter(Boolean).map(Number).sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const at = dateOf(conversation[`session_${number}_date_time`]);
    return conversation[`session_${number}`].map((turn) => ({
      id: turn.dia_id, text: turn.text ?? '', speaker: turn.speaker, session: String(number), at, ...(turn.blip_caption ? { caption: turn.blip_caption } : {}),
    }));
  });
}

// "1:56 pm on 8 May, 2023"
function dateOf(words) {
  const [, day, month, year] = /on (\d+) (\w+), (\d+)/.exec(words ?? '') ?? [];
  return day === undefined ? new Date(0) : new Date(Date.UTC(Number(year), MONTHS.indexOf(month.toLowerCase()), Number(day)));
}

// ids come as "D8:6", but also as "D8:6; D9:17", "D30:05" and "D:11:26"
function toQuestion({ question, category, evidence = [] }, places) {
  const ids = evidence.flatMap((text) => [...String(text).matchAll(/D:?(\d+):(\d+)/g)].map(([, session, turn]) => `D${session}:${Number(turn)}`));
  return { text: question, category, evidence: [...new Set(ids)].map((id) => places.get(id)).filter((place) => place !== undefined) };
}
