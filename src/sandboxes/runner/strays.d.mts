export function killStrays(prefix: string, options?: { readonly isJailed?: boolean }): void;
export function kill(pid: number): void;
