export function killStrays(prefix: string, options?: { readonly isJailed?: boolean }): number;
export function kill(pid: number): void;
