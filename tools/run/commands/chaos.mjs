// npm run chaos -- [--size ci|full] [--seed n] [--events n] [--kills n]: kills and cuts while events flow, then checks the history.
import { fileURLToPath } from 'node:url';
import { passThrough } from '../processes.mjs';

const here = (path) => fileURLToPath(new URL(`../../chaos/${path}`, import.meta.url));
const flags = ['--conditions=@selfos/source', '--disable-warning=ExperimentalWarning', '--import', here('typescript-hooks.mjs')];
process.exit(await passThrough(process.execPath, [...flags, here('chaos.ts'), ...process.argv.slice(2)]));
