import { events, routes } from '@selfos/contracts';
import { problemsOfManifests } from './problems-of-manifests.ts';
import { loadServices } from './services.ts';

const services = await loadServices();
const problems = problemsOfManifests(services.map((service) => service.manifest), { events: Object.values(events), routes: Object.values(routes) });
for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);
