/** The seven areas of a life (seed §5.1), in their canonical order. */
export const LIFE_AREAS = ['health', 'career', 'relationships', 'creativity', 'finance', 'personal_growth', 'spirituality'] as const;

export type LifeArea = (typeof LIFE_AREAS)[number];
