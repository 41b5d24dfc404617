export function killStrays(prefix: string): void;
export function kill(pid: number): void;
