// A service of the clear plane that opens what is sealed.
import { Sealer } from '@selfos/sealing';

export const opened = Sealer;
