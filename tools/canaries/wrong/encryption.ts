import { createCipheriv } from 'node:crypto';

export const cipher = createCipheriv;
