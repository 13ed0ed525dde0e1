import { z } from 'zod';
import { contract } from '../contract.js';
import { modelName, version } from '../fields.js';
import { internal, person, route } from '../route.js';

const tokens = z.int().min(0).nullable();
/** US dollars. */
const money = z.number().min(0).max(1_000_000).nullable();
const budgetShape = z.object({ day_tokens: tokens, month_tokens: tokens, day_money: money, month_money: money });

/** What a person sets for the answers they get. */
export const answerSettings = z.object({
  /** `private`: no word leaves for a model of the cloud. `offline`: no model that needs a network is asked. */
  privacy_mode: z.enum(['off', 'private', 'offline']),
  /** The preferred model of the catalogue; null: chosen by SelfOS. */
  model: modelName.nullable(),
  /** What models may use for this person; null: as the installation has it. */
  budget: budgetShape,
});
const settingsShape = answerSettings.extend({ ask_before_applying: z.boolean(), version }).meta({ id: 'Settings', title: 'Settings' });
const view = contract(settingsShape);

export const getSettings = route({
  name: 'getSettings', summary: 'How SelfOS answers me', method: 'GET', path: '/api/v1/settings', service: 'backend', audience: person('read:own_data'), response: view, status: 200,
});
export const changeSettings = route({
  name: 'changeSettings', summary: 'Change how SelfOS answers me; what is absent stays', method: 'PATCH', path: '/api/v1/settings', service: 'backend', audience: person('write:own_data'),
  body: contract(
    z.object({
      privacy_mode: answerSettings.shape.privacy_mode.optional(), model: modelName.min(1).nullable().optional(), budget: budgetShape.partial().optional(), ask_before_applying: z.boolean().optional(),
    }),
  ),
  response: view, status: 200, idempotency: 'transaction', conditional: true,
});
/** Told before a wish for privacy is confirmed: from then on nothing of this person leaves, also not what reaches ai-engine by another way. */
export const heedSettings = route({
  name: 'heedSettings', summary: 'Heed how a person wants to be answered, from now on', method: 'POST', path: '/internal/settings', service: 'ai-engine', audience: internal('backend'),
  body: contract(answerSettings.extend({ version })), status: 204,
});
