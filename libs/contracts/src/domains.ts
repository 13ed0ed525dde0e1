import { z } from 'zod';

/** The key domains of a person's content; each has its own key, and is granted on its own. */
export const DOMAINS = ['profile', 'tasks', 'goals', 'conversations', 'memories', 'media', 'stories', 'health', 'feedback'] as const;
export type Domain = (typeof DOMAINS)[number];
export const domainSchema = z.enum(DOMAINS);

export const SERVICES = ['gateway', 'auth', 'backend', 'ai-engine', 'memory', 'story-engine', 'notify', 'rlhf'] as const;
export type ServiceName = (typeof SERVICES)[number];
export const serviceSchema = z.enum(SERVICES);

/** What a signed-in person may do (seed §7.1). */
export const PERMISSIONS = ['read:own_data', 'write:own_data', 'delete:own_data', 'access:ai_features', 'export:stories'] as const;
export type Permission = (typeof PERMISSIONS)[number];
