import type { Plain, routes } from '@selfos/contracts';
import type { Uuid } from '@selfos/kernel';
import type { Changes, Known, Profile } from '../domain/profile/profile.js';
import type { ProfileView } from '../domain/use-cases/read-profile.js';

type ProfileBody = Plain<typeof routes.getProfile.response>;
type ChangesBody = Plain<typeof routes.changeProfile.body>;

export function toProfileBody(userId: Uuid, { version, profile }: ProfileView): ProfileBody {
  const { openness, conscientiousness, extraversion, agreeableness, neuroticism } = profile;
  return {
    id: userId, version,
    communication_style: known(profile.communication_style),
    peak_hours: hoursOf(profile),
    life_area_weights: known(profile.life_area_weights),
    personality_traits: {
      openness: known(openness), conscientiousness: known(conscientiousness), extraversion: known(extraversion), agreeableness: known(agreeableness), neuroticism: known(neuroticism),
    },
    motivation_triggers: triggersOf(profile),
  };
}

export function toChanges({ communication_style, peak_hours, life_area_weights, personality_traits, motivation_triggers }: ChangesBody): Changes {
  return { communication_style, peak_hours, life_area_weights, motivation_triggers, ...personality_traits };
}

function known<V>(value: Known<V> | undefined) {
  return value === undefined ? null : { ...value, evidence: [...value.evidence] };
}

function hoursOf({ peak_hours: hours }: Profile) {
  return hours === undefined ? null : { ...hours, value: [...hours.value], evidence: [...hours.evidence] };
}

function triggersOf({ motivation_triggers: triggers }: Profile) {
  return triggers === undefined ? null : { ...triggers, value: [...triggers.value], evidence: [...triggers.evidence] };
}
