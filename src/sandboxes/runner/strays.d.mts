export function killStrays(prefix: string, options?: { readonly isJailed?: boolean }): number;
export function killJail(first: number, prefix: string): Promise<number>;
export function kill(pid: number): void;
