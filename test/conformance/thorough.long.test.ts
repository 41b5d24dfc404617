/** Every evaluator, the clock around one included. */
import './evaluators.test.ts';
