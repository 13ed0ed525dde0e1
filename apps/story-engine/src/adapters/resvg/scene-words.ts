import { INK_BLACK, INK_QUIET, PAPER_WHITE, type Tones } from '../../domain/film/palette.js';
import type { NightScene, Scene } from '../../domain/film/scene.js';
import type { FontBook } from './fonts.js';
import { dayPositions } from './night-ground.js';
import { type Line, px } from './svg.js';
import { fitText, type Size, type TextStyle, widthOf } from './typesetter.js';

/** The words of a scene as placed lines and extra marks, in design units of the frame. */
export interface SetWords {
  readonly lines: readonly Line[];
  readonly marks: string;
}

interface Column {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
  readonly sizes: readonly Size[];
}

const TALL: Column = { left: 96, width: 888, top: 220, bottom: 1590, sizes: [[104, 3], [94, 3], [84, 4], [72, 5], [60, 6], [50, 7]] };
const WIDE: Column = { left: 120, width: 860, top: 110, bottom: 930, sizes: [[92, 3], [84, 4], [72, 5], [60, 6], [50, 7]] };
const NOTE_SIZES: readonly Size[] = [[40, 1], [36, 1], [38, 2], [34, 3]];
const LABEL_TRACKING = 0.09;

interface Setting {
  readonly fonts: FontBook;
  readonly tones: Tones;
  readonly frame: { readonly width: number; readonly tall: boolean };
}

export function setWords(scene: Scene, setting: Setting): SetWords {
  if (scene.template === 'night') return nightWords(scene, setting);
  const column = setting.frame.tall ? TALL : WIDE;
  return { lines: rising(scene, { ...setting, column }), marks: '' };
}

/** Label, sentence, footnote, standing on the column's foot. */
function rising(scene: Scene, setting: Setting & { column: Column }): Line[] {
  const { fonts, column, tones } = setting;
  const label: TextStyle = { face: fonts.face('label'), size: 34, tracking: LABEL_TRACKING };
  const note = scene.footnote === undefined ? undefined : fitText(scene.footnote, { face: fonts.face('note'), sizes: NOTE_SIZES, width: column.width });
  const said = fitText(scene.sentence, { face: fonts.face('serif'), sizes: column.sizes, width: column.width });
  const noteHeight = note === undefined ? 0 : note.lines.length * note.size * 1.4 + 34;
  const firstNote = column.bottom - (note === undefined ? 0 : (note.lines.length - 1) * note.size * 1.4);
  const lastSaid = column.bottom - noteHeight - said.size * 0.12;
  const firstSaid = lastSaid - (said.lines.length - 1) * said.size * 1.12;
  return [
    { text: scene.label.toLocaleUpperCase(), x: column.left + 2, y: firstSaid - said.size * 0.95 - 26, style: label, colour: tones.ink },
    ...said.lines.map((text, i) => ({ text, x: column.left, y: firstSaid + i * said.size * 1.12, style: { face: fonts.face('serif'), size: said.size }, colour: INK_BLACK })),
    ...(note?.lines ?? []).map((text, i) => ({ text, x: column.left + 2, y: firstNote + i * (note?.size ?? 0) * 1.4, style: { face: fonts.face('note'), size: note?.size ?? 0 }, colour: INK_QUIET })),
  ];
}

/** A sentence that only repeats the figure is not written under it: the footnote takes its place. */
function withoutEcho(scene: NightScene): { sentence: string; footnote: string | undefined } {
  const echoes = scene.footnote !== undefined && scene.sentence.includes(scene.figure);
  return echoes ? { sentence: scene.footnote ?? '', footnote: undefined } : { sentence: scene.sentence, footnote: scene.footnote };
}

/** The figure, what it counts, the sentence, and a dot for each day: full where something was done. */
function nightWords(scene: NightScene, { fonts, frame }: Setting): SetWords {
  const column = frame.tall ? TALL : { ...WIDE, width: 1100 };
  const sizes: Size[] = (frame.tall ? [300, 270, 240, 210, 180, 150, 120] : [250, 230, 200, 170, 140, 110]).map((size) => [size, 1]);
  const figure = fitText(scene.figure, { face: fonts.face('figure'), sizes, width: column.width - 30 });
  const figureY = column.top + (frame.tall ? 40 : 0) + figure.size * 0.86;
  const unitY = figureY + (frame.tall ? 96 : 76);
  const { sentence, footnote } = withoutEcho(scene);
  const said = fitText(sentence, { face: fonts.face('serif'), sizes: frame.tall ? [[70, 2], [62, 3], [54, 4], [46, 5]] : [[60, 1], [52, 2], [44, 3]], width: column.width });
  const lines: Line[] = [
    { text: figure.lines[0] ?? '', x: column.left - 6, y: figureY, style: { face: fonts.face('figure'), size: figure.size }, colour: PAPER_WHITE },
    { text: scene.unit, x: column.left + 2, y: unitY, style: { face: fonts.face('note'), size: 44 }, colour: PAPER_WHITE, opacity: 0.8 },
    ...said.lines.map((text, i) => ({ text, x: column.left, y: unitY + said.size * 1.75 + i * said.size * 1.2, style: { face: fonts.face('serif'), size: said.size }, colour: PAPER_WHITE })),
  ];
  const noteY = unitY + said.size * 1.75 + said.lines.length * said.size * 1.2 + 14;
  if (footnote !== undefined) {
    const note = fitText(footnote, { face: fonts.face('note'), sizes: [[36, 1], [32, 2]], width: column.width });
    lines.push(...note.lines.map((text, i) => ({ text, x: column.left + 2, y: noteY + i * note.size * 1.35, style: { face: fonts.face('note'), size: note.size }, colour: PAPER_WHITE, opacity: 0.8 })));
  }
  const days = dayRow(scene, fonts, frame);
  return { lines: [...lines, ...days.lines], marks: days.marks };
}

function dayRow({ days: minutes, initials }: NightScene, fonts: FontBook, frame: { width: number; tall: boolean }): SetWords {
  const y = frame.tall ? 1522 : 958;
  const style: TextStyle = { face: fonts.face('label'), size: 30 };
  const xs = dayPositions(frame);
  const marks = xs.map((x, i) => ((minutes[i] ?? 0) > 0 ? `<circle cx="${px(x)}" cy="${y}" r="13" fill="${PAPER_WHITE}"/>` : `<circle cx="${px(x)}" cy="${y}" r="12" fill="none" stroke="${PAPER_WHITE}" stroke-width="2.5" stroke-opacity=".85"/>`));
  const lines = xs.map((x, i) => {
    const text = initials[i] ?? '';
    return { text, x: x - widthOf(text, style) / 2, y: y + 58, style, colour: PAPER_WHITE };
  });
  return { lines, marks: marks.join('') };
}
