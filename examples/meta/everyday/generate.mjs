/** `node generate.mjs --seed 5 [--inputs-seed 7]`: the everyday functions, half for training, half held out, as JSON. */
import { printSet, readOptions } from '../task-set.mjs';
import { FLAGS, makeSet } from './set.mjs';

printSet(makeSet(readOptions(FLAGS)));
