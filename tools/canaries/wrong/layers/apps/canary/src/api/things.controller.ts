import { rows } from '../repositories/rows.js';

export const things = rows;
