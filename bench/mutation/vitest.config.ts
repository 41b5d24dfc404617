/** The tests that may kill a mutant: those beside the code and the role's conformance suite, without the long ones. */
import { defineConfig, type Plugin } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const FOLDER = process.env['PACELINE_MUTATED'];

/** A mutant is done with at the first test that fails, so the quick files come first. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const took = ({ project, moduleId }: TestSpecification): number => {
      const name = moduleId.slice(project.config.root.length);
      return this.ctx.cache.getFileTestResults(`${project.name}:${name}`)?.duration ?? 0;
    };
    return [...files].sort((a, b) => took(a) - took(b));
  }
}

/** Stryker ends what does not end: a test that is merely slow beside other work kills nothing. */
const PATIENCE_MS = 1_200_000;

const patient: Plugin = {
  name: 'patient-tests',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('.test.ts')
      ? code.replaceAll(/\btimeout: [\d_]+/g, `timeout: ${PATIENCE_MS}`)
      : undefined,
};

export default defineConfig({
  plugins: [patient],
  test: {
    include: [`src/${FOLDER}/**/*.test.ts`, `test/conformance/${FOLDER}.test.ts`],
    exclude: ['**/*.long.test.ts', '**/node_modules/**'],
    isolate: false,
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    sequence: { sequencer: QuickFirst },
  },
});
