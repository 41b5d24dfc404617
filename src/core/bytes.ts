const UNITS: Readonly<Record<string, number>> = { b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Bytes of `64kb`, `512mb`, `1.5gb`; undefined for anything else. */
export function parseBytes(text: string): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(b|kb|mb|gb)\s*$/i.exec(text);
  const unit = UNITS[match?.[2]?.toLowerCase() ?? ''];
  return unit === undefined ? undefined : Math.round(Number(match?.[1]) * unit);
}

const STEP = 1024;
const SIZES = Object.keys(UNITS);

/** As the config writes it: `1.5gb`. */
export function sizeText(bytes: number): string {
  const power = Math.min(
    SIZES.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(STEP))),
  );
  return `${Number((bytes / STEP ** power).toFixed(1))}${SIZES[power]}`;
}
