import { defineError } from '@selfos/kernel';

export class FeedbackIdTaken extends defineError('rlhf.feedback.id-taken', 'conflict', 'There is feedback with this id already') {}

/** The envelope was made for another person or another thing, so that nobody could open it where it would lie. */
export class CorrectionMisplaced extends defineError('rlhf.correction.misplaced', 'invalid', 'The correction was sealed for another place') {}

export class FeedbackCursorInvalid extends defineError('rlhf.feedback.cursor-invalid', 'invalid', 'That page does not exist') {}
