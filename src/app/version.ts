/** Version of this engine, recorded in every study. Kept equal to package.json by a test. */
export const ENGINE_VERSION = '0.1.0';
