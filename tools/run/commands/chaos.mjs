// npm run chaos -- [--bus redis|postgres] [--size ci|full] [--seed n] [--events n] [--kills n]: kills and cuts while events flow, then checks the history.
import { runTypeScript } from '../typescript.mjs';

process.exit(await runTypeScript('tools/chaos/chaos.ts', process.argv.slice(2)));
