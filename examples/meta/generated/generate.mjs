/** `node generate.mjs --seed 5 [--inputs-seed 7] [--everyday]`: 260 functions to train on, 140 held out, as JSON. */
import { printSet, readOptions } from '../task-set.mjs';
import { FLAGS, makeSet } from './set.mjs';

printSet(makeSet(readOptions(FLAGS)));
