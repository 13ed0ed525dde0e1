import { type Plain, routes } from '@selfos/contracts';
import type { InternalClient } from '@selfos/http';
import type { Uuid } from '@selfos/kernel';
import type { Sealer } from '@selfos/sealing';
import { type PersonProfile, type PersonalityTrait, Profiles } from '../../domain/ports/profiles.js';

type ProfileBody = Plain<typeof routes.readProfile.response>;
interface Known<V> {
  readonly value: V;
  readonly confidence: number;
  readonly locked: boolean;
}

/** What was learned long ago, or from what does not agree, is not acted on. */
const SURE_ENOUGH = 0.2;

/** The profile as the memory service keeps it. */
export class ClientProfiles extends Profiles {
  constructor(
    private readonly client: Pick<InternalClient, 'call'>,
    private readonly sealer: Pick<Sealer, 'open'>,
  ) {
    super();
  }

  override async profileOf(userId: Uuid): Promise<PersonProfile> {
    try {
      const found = await this.client.call(routes.readProfile, {});
      return toProfile(await this.sealer.open(routes.readProfile.response, userId, found));
    } catch {
      return {};
    }
  }
}

function toProfile(body: ProfileBody): PersonProfile {
  const traits = Object.entries(body.personality_traits).flatMap(([trait, known]) => {
    const value = sure(known);
    return value === undefined ? [] : [[trait as PersonalityTrait, value] as const];
  });
  return present({
    communicationStyle: sure(body.communication_style),
    peakHours: sure(body.peak_hours),
    lifeAreaWeights: sure(body.life_area_weights),
    personalityTraits: traits.length === 0 ? undefined : Object.fromEntries(traits),
    motivationTriggers: sure(body.motivation_triggers),
  });
}

function sure<V>(known: Known<V> | null): V | undefined {
  return known !== null && (known.locked || known.confidence >= SURE_ENOUGH) ? known.value : undefined;
}

/** Without the members that are there and undefined. */
function present(profile: { readonly [K in keyof PersonProfile]-?: PersonProfile[K] | undefined }): PersonProfile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined)) as PersonProfile;
}
