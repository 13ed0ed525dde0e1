import { defineError } from '@selfos/kernel';

/** Not a JPEG, PNG, WebP or GIF, cut off, or with more pixels than are read. */
export class PictureUnreadable extends defineError('ai.picture.unreadable', 'invalid', 'This picture cannot be read') {}
