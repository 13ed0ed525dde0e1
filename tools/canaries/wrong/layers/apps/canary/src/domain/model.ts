import { rows } from '../repositories/rows.js';

export const model = rows;
