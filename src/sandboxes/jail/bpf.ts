/** Classic BPF as seccomp runs it (linux/bpf_common.h): an assembler with labels, in bytes. */

/** Opcodes this filter uses (linux/bpf_common.h). */
export const LD_ABS = 0x20;
export const JEQ = 0x15;
export const JGE = 0x35;
export const JSET = 0x45;
export const AND = 0x54;
export const RET = 0x06;

export interface Instruction {
  readonly code: number;
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

/** Where a jump goes: the next instruction, or a label further down (BPF never jumps back). */
type Target = string | undefined;
type Line =
  | { readonly label: string }
  | { readonly code: number; readonly k: number; readonly yes?: Target; readonly no?: Target };

export class Assembler {
  private readonly lines: Line[] = [];

  load(offset: number): this {
    return this.add({ code: LD_ABS, k: offset });
  }
  and(mask: number): this {
    return this.add({ code: AND, k: mask });
  }
  jump(code: number, k: number, to: { readonly yes?: Target; readonly no?: Target }): this {
    return this.add({ code, k, ...to });
  }
  ret(action: number): this {
    return this.add({ code: RET, k: action });
  }
  label(label: string): this {
    return this.add({ label });
  }

  /** @throws RangeError for a label that is unknown, behind, or further than a byte reaches. */
  assemble(): readonly Instruction[] {
    const at = new Map<string, number>();
    const code: Exclude<Line, { label: string }>[] = [];
    for (const line of this.lines) {
      if ('label' in line) at.set(line.label, code.length);
      else code.push(line);
    }
    const reach = (from: number, to: Target): number => {
      if (to === undefined) return 0;
      const distance = (at.get(to) ?? Number.NaN) - from - 1;
      if (distance >= 0 && distance <= 255) return distance;
      throw new RangeError(`The jump to ${to} cannot be encoded (distance ${distance}).`);
    };
    return code.map(({ code: op, k, yes, no }, i) => ({
      code: op,
      jt: reach(i, yes),
      jf: reach(i, no),
      k: k >>> 0,
    }));
  }

  private add(line: Line): this {
    this.lines.push(line);
    return this;
  }
}

const SIZE = 8;

/** struct sock_filter[], little-endian: x86_64 and aarch64 alike. */
export function encode(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * SIZE);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, jt, jf, k }, i) => {
    view.setUint16(i * SIZE, code, true);
    view.setUint8(i * SIZE + 2, jt);
    view.setUint8(i * SIZE + 3, jf);
    view.setUint32(i * SIZE + 4, k, true);
  });
  return bytes;
}
