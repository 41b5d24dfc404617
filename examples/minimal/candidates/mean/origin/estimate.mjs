export const estimate = (samples) => samples.reduce((sum, one) => sum + one) / samples.length;
