/** `node generate.mjs --seed 5 [--inputs-seed 7] [--everyday]`: 390 functions to train on, 210 held out, as JSON. */
import { printSet, readOptions } from '../task-set.mjs';
import { FLAGS, makeSet } from './set.mjs';

printSet(makeSet(readOptions(FLAGS)));
