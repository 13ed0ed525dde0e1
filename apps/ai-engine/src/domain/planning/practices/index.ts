import { CAREER } from './career.js';
import { CREATIVITY } from './creativity.js';
import { FINANCE } from './finance.js';
import { HEALTH } from './health.js';
import { PERSONAL_GROWTH } from './personal-growth.js';
import type { Practice } from './practice.js';
import { RELATIONSHIPS } from './relationships.js';
import { SPIRITUALITY } from './spirituality.js';

export type { Care, Practice } from './practice.js';

/** The library: what the built-in planner knows how to plan. Within an area the more exact comes first. */
export const PRACTICES: readonly Practice[] = [...HEALTH, ...CAREER, ...RELATIONSHIPS, ...CREATIVITY, ...FINANCE, ...PERSONAL_GROWTH, ...SPIRITUALITY];
