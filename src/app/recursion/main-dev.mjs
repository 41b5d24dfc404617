/** Entry of a seed's process when running from source. */
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
