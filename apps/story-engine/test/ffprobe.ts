import { execFileSync } from 'node:child_process';

const FFPROBE = 'ffprobe';
const FFMPEG = 'ffmpeg';

export interface ProbedStream {
  readonly codec_type: string;
  readonly codec_name: string;
  readonly width?: number;
  readonly height?: number;
  readonly pix_fmt?: string;
  readonly r_frame_rate: string;
  readonly duration: string;
  readonly start_time: string;
  readonly nb_read_frames?: string;
}

export interface Probed {
  readonly streams: readonly ProbedStream[];
  readonly format: { readonly duration: string; readonly format_name: string };
}

/** What ffprobe says of a film, its frames counted. */
export function probe(file: string): Probed {
  const text = execFileSync(FFPROBE, ['-v', 'error', '-count_frames', '-show_streams', '-show_format', '-of', 'json', file], { encoding: 'utf8', maxBuffer: 1 << 24 });
  return JSON.parse(text) as Probed;
}

/** The presentation times of all video frames, seconds, in order. */
export function frameTimes(file: string): number[] {
  const text = execFileSync(FFPROBE, ['-v', 'error', '-select_streams', 'v', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [Number.parseFloat(line)])).sort((a, b) => a - b);
}

/** One frame of a film as RGB bytes. */
export function frameAt(file: string, seconds: number): Buffer {
  return execFileSync(FFMPEG, ['-v', 'error', '-ss', String(seconds), '-i', file, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], { maxBuffer: 1 << 26 });
}

/** Whether the index (moov) comes before the data, so that a film plays while it loads. */
export function playsWhileLoading(bytes: Buffer): boolean {
  const [index, data] = [bytes.indexOf('moov'), bytes.indexOf('mdat')];
  return index > 0 && index < data;
}
