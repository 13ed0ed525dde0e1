import type { ReadPicture } from '../pictures/picture.js';

/** Reads the file of a picture in bounded memory, whoever made the file. Throws PictureUnreadable. */
export abstract class PictureReader {
  abstract read(bytes: Uint8Array): Promise<ReadPicture>;
}
