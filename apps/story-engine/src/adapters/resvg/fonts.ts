import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { FontMetrics } from './font-metrics.js';

/** The faces that cards are set in: a soft serif for what is said, a grotesque for labels and notes (both OFL). */
export type FaceName = 'serif' | 'figure' | 'label' | 'note';

export interface Face {
  readonly family: string;
  readonly weight: number;
  readonly italic: boolean;
  readonly metrics: FontMetrics;
}

const FILES: Readonly<Record<FaceName, { file: string; family: string; weight: number; italic: boolean }>> = {
  serif: { file: 'fraunces/400Regular/Fraunces_400Regular.ttf', family: 'Fraunces', weight: 400, italic: false },
  figure: { file: 'fraunces/300Light_Italic/Fraunces_300Light_Italic.ttf', family: 'Fraunces', weight: 300, italic: true },
  label: { file: 'inter/600SemiBold/Inter_600SemiBold.ttf', family: 'Inter', weight: 600, italic: false },
  note: { file: 'inter/400Regular/Inter_400Regular.ttf', family: 'Inter', weight: 400, italic: false },
};

/** The fonts that come with the project: their files for the renderer, their measures for the setter. */
export class FontBook {
  readonly files: readonly string[];
  private readonly faces: Readonly<Record<FaceName, Face>>;

  constructor() {
    const resolve = createRequire(import.meta.url).resolve;
    const pathOf = (name: FaceName): string => resolve(`@expo-google-fonts/${FILES[name].file}`);
    const faceOf = (name: FaceName): Face => ({ ...FILES[name], metrics: new FontMetrics(readFileSync(pathOf(name))) });
    this.files = (Object.keys(FILES) as FaceName[]).map(pathOf);
    this.faces = { serif: faceOf('serif'), figure: faceOf('figure'), label: faceOf('label'), note: faceOf('note') };
  }

  face(name: FaceName): Face {
    return this.faces[name];
  }
}
