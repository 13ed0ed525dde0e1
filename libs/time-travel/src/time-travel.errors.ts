import { defineError } from '@selfos/kernel';

export class TimeMovesForwards extends defineError('clock.move.backwards', 'invalid', 'Domain time only moves forwards') {}
