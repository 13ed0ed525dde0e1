import { z } from 'zod';
import { contract } from '../contract.js';
import { id, instant, lifeArea, lifeAreas, version } from '../fields.js';
import { sealed } from '../marks.js';
import { internal, person, route } from '../route.js';

/** The seed's profile (§4.4). */
export const communicationStyle = z.enum(['formal', 'casual', 'motivational']);
/** The Big Five. */
export const personalityTrait = z.enum(['openness', 'conscientiousness', 'extraversion', 'agreeableness', 'neuroticism']);
/** What can be seen to move somebody. People may name others for themselves. */
export const motivationTrigger = z.enum(['progress', 'reward', 'deadline', 'company', 'competition', 'health', 'family', 'learning', 'money', 'calm', 'meaning', 'order']);

const share = z.number().min(0).max(1);
const hours = z.array(z.int().min(0).max(23)).max(24);
const weights = z.partialRecord(lifeArea, share);
const triggers = z.array(z.string().trim().min(1).max(60)).max(10);

/** One value: what it is, how sure, and the newest of the messages and completions that it rests on. */
const known = { confidence: share, observations: z.int().min(0), evidence: z.array(id).max(20), locked: z.boolean() };
const trait = <const N extends string>(name: N) => z.object({ value: sealed('profile', `profile.value.${name}`, share), ...known }).nullable();
/** A value is null until it rests on five observations, or the person has set it. */
const profileShape = z
  .object({
    id, version,
    communication_style: z.object({ value: sealed('profile', 'profile.value.communication_style', communicationStyle), ...known }).nullable(),
    peak_hours: z.object({ value: sealed('profile', 'profile.value.peak_hours', hours), ...known }).nullable(),
    life_area_weights: z.object({ value: sealed('profile', 'profile.value.life_area_weights', weights), ...known }).nullable(),
    personality_traits: z.object({
      openness: trait('openness'), conscientiousness: trait('conscientiousness'), extraversion: trait('extraversion'), agreeableness: trait('agreeableness'), neuroticism: trait('neuroticism'),
    }),
    motivation_triggers: z.object({ value: sealed('profile', 'profile.value.motivation_triggers', triggers), ...known }).nullable(),
  })
  .meta({ id: 'Profile', title: 'Profile' });
const view = contract(profileShape);

/** A value given is the person's own and locked. `locked` alone keeps what stands, or lets learning have it again; `reset` forgets what it rests on. */
const choice = { locked: z.boolean().optional(), reset: z.literal(true).optional() };
const traitChoice = <const N extends string>(name: N) => z.object({ value: sealed('profile', `profile.value.${name}`, share.optional()), ...choice }).optional();

export const getProfile = route({
  name: 'getProfile', summary: 'What SelfOS has learned of how I am', method: 'GET', path: '/api/v1/profile', service: 'memory', audience: person('read:own_data'), response: view, status: 200,
});
export const changeProfile = route({
  name: 'changeProfile', summary: 'Set, lock, unlock or reset values of my profile', method: 'PATCH', path: '/api/v1/profile', service: 'memory', audience: person('write:own_data'), conditional: true,
  body: contract(
    z.object({
      id: id.optional(),
      communication_style: z.object({ value: sealed('profile', 'profile.value.communication_style', communicationStyle.optional()), ...choice }).optional(),
      peak_hours: z.object({ value: sealed('profile', 'profile.value.peak_hours', hours.optional()), ...choice }).optional(),
      life_area_weights: z.object({ value: sealed('profile', 'profile.value.life_area_weights', weights.optional()), ...choice }).optional(),
      personality_traits: z.object({
        openness: traitChoice('openness'), conscientiousness: traitChoice('conscientiousness'), extraversion: traitChoice('extraversion'), agreeableness: traitChoice('agreeableness'), neuroticism: traitChoice('neuroticism'),
      }).optional(),
      motivation_triggers: z.object({ value: sealed('profile', 'profile.value.motivation_triggers', triggers.optional()), ...choice }).optional(),
    }),
  ),
  response: view, status: 200, idempotency: 'self',
});
export const resetProfile = route({
  name: 'resetProfile', summary: 'Forget my profile, locks included', method: 'DELETE', path: '/api/v1/profile', service: 'memory', audience: person('delete:own_data'), status: 204,
});

/** What one message or completion shows of the person. */
export const profileCue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('style'), style: communicationStyle }),
  z.object({ kind: z.literal('hour'), hour: z.int().min(0).max(23) }),
  z.object({ kind: z.literal('areas'), areas: lifeAreas.min(1) }),
  z.object({ kind: z.literal('trait'), trait: personalityTrait, toward: z.union([z.literal(1), z.literal(-1)]), weight: share }),
  z.object({ kind: z.literal('trigger'), trigger: motivationTrigger }),
]);
export type ProfileCue = z.infer<typeof profileCue>;
export const profileCues = sealed('profile', 'profile.observation.cues', z.array(profileCue).max(30));

export const readProfile = route({
  name: 'readProfile', summary: 'The profile, for an answer; empty while memory is paused', method: 'GET', path: '/internal/profile', service: 'memory', audience: internal('ai-engine'), response: view, status: 200,
});
/** Idempotent by the id of the message or the occurrence: of several tellings the one of the highest `seq` counts. Without cues it was taken back. */
export const observeProfile = route({
  name: 'observeProfile', summary: 'Learn from what was said and done', method: 'POST', path: '/internal/profile/observations', service: 'memory', audience: internal('ai-engine'),
  body: contract(z.object({ items: z.array(z.object({ id, seq: z.int().min(0), at: instant, cues: profileCues })).min(1).max(100) })), response: contract(z.object({ version })), status: 200,
});
