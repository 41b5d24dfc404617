/** `node generate.mjs --seed 5 [--inputs-seed 7] [--halves]`: functions on texts, all held out unless halved, as JSON. */
import { printSet, readOptions } from '../task-set.mjs';
import { FLAGS, makeSet } from './set.mjs';

printSet(makeSet(readOptions(FLAGS)));
