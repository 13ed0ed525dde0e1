import { z } from 'zod';
import { sealed } from '../marks.js';

/** The seed's five types (§4.2). */
export const memoryType = z.enum(['goal', 'routine', 'preference', 'reflection', 'achievement']);
export const memoryTextPlace = { domain: 'memories', ctx: 'memories.memory.text' } as const;
export const memoryText = sealed('memories', 'memories.memory.text', z.string().min(1).max(2000));
