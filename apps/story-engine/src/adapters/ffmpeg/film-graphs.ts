import { FRAMES_PER_SECOND, scaleOf } from '../../domain/film/film-format.js';
import { CLEAR_FRAMES, ENTER_FRAMES } from '../../domain/film/timeline.js';
import type { BodyOrder, GroundFile, JointOrder } from '../../domain/ports/film-encoder.js';

/** How far words rise while they enter, at a short side of 1080 pixels. */
const RISE = 24;
const LEAVE_FRAMES = 9;
/** Each ground gets ±2 levels of grain once, before it is repeated: it breaks the bands of a gradient and costs nothing a frame. */
const GRAIN = 'noise=alls=4:allf=u:all_seed=1977';
const TO_VIDEO_COLOURS = 'scale=out_color_matrix=bt709:out_range=tv';

/**
 * Filter graph of a scene's body: input 0 the ground, input 1 its words; output `[out]`.
 * Each still is decoded once and repeated by `loop`; pictures stay unsubsampled until the end, so that odd pixels can be moved by.
 */
export function bodyGraph(order: BodyOrder): string {
  const { format, words, frames } = order;
  const gone = frames - CLEAR_FRAMES;
  const rise = Math.round(RISE * scaleOf(format));
  const enter = `fade=t=in:s=0:n=${ENTER_FRAMES}:alpha=1,fade=t=out:s=${Math.max(0, gone - LEAVE_FRAMES)}:n=${LEAVE_FRAMES}:alpha=1`;
  return [
    `${movingGround(0, order.ground, { format, from: order.from, frames })}[ground]`,
    `[1:v]${TO_VIDEO_COLOURS},format=yuva444p,${repeated(frames)},${enter}[words]`,
    `[ground][words]overlay=x=${words.x}:y='${words.y}+${rise}*pow(1-min(n/${ENTER_FRAMES},1),3)':format=yuv444,format=yuv420p[out]`,
  ].join(';');
}

/** Filter graph of a dissolve: input 0 the ground that goes, input 1 the one that comes. Fade and overlay: older FFmpegs know no xfade. */
export function jointGraph(order: JointOrder): string {
  const { format, frames } = order;
  return [
    `${movingGround(0, order.leaving, { format, from: order.from, frames })}[leaving]`,
    `${movingGround(1, order.coming, { format, from: 0, frames })},format=yuva444p,fade=t=in:s=0:n=${frames}:alpha=1[coming]`,
    '[leaving][coming]overlay=format=yuv444,format=yuv420p[out]',
  ].join(';');
}

interface Shot {
  readonly format: { readonly width: number; readonly height: number };
  readonly from: number;
  readonly frames: number;
}

function movingGround(input: number, ground: GroundFile, shot: Shot): string {
  const step = ground.direction === 1 ? `${shot.from}+n` : `${ground.travel - shot.from}-n`;
  const [x, y] = ground.axis === 'x' ? [step, '0'] : ['0', step];
  return `[${input}:v]format=gbrp,${GRAIN},${TO_VIDEO_COLOURS},format=yuv444p,${repeated(shot.frames)},crop=${shot.format.width}:${shot.format.height}:'${x}':'${y}'`;
}

function repeated(frames: number): string {
  return `loop=loop=${Math.max(0, frames - 1)}:size=1:start=0,setpts=N/${FRAMES_PER_SECOND}/TB`;
}
