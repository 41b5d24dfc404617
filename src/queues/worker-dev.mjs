/** Entry of a worker thread when running from source: `--import tsx` does not reach threads of Node 20. */
import { register } from 'tsx/esm/api';

register();
await import('./worker-main.ts');
