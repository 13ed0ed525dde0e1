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

type Setting = Omit<Face, 'metrics'>;

const SETTINGS: Readonly<Record<FaceName, Setting>> = {
  serif: { family: 'Fraunces', weight: 400, italic: false },
  figure: { family: 'Fraunces', weight: 300, italic: true },
  label: { family: 'Inter', weight: 600, italic: false },
  note: { family: 'Inter', weight: 400, italic: false },
};

/** The fonts that come with the project: their files for the renderer, their measures for the setter. */
export class FontBook {
  readonly files: readonly string[];
  private readonly faces: Readonly<Record<FaceName, Face>>;

  constructor() {
    const paths = pathsOf();
    const faceOf = (name: FaceName): Face => ({ ...SETTINGS[name], metrics: new FontMetrics(readFileSync(paths[name])) });
    this.files = Object.values(paths);
    this.faces = { serif: faceOf('serif'), figure: faceOf('figure'), label: faceOf('label'), note: faceOf('note') };
  }

  face(name: FaceName): Face {
    return this.faces[name];
  }
}

function pathsOf(): Readonly<Record<FaceName, string>> {
  const require = createRequire(import.meta.url);
  return {
    serif: require.resolve('@expo-google-fonts/fraunces/400Regular/Fraunces_400Regular.ttf'),
    figure: require.resolve('@expo-google-fonts/fraunces/300Light_Italic/Fraunces_300Light_Italic.ttf'),
    label: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
    note: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  };
}
