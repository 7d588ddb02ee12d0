import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, mayInstall } from '../../tools/apt.mjs';

const source = fileURLToPath(new URL('./power-loss.c', import.meta.url));

/** Compiles `power-loss.c` into `directory`; `undefined` where there is no C compiler, and none can be had. */
export function compileShim(directory: string): string | undefined {
  const library = join(directory, 'power-loss.so');
  const compile = (): boolean =>
    spawnSync('gcc', ['-O1', '-fPIC', '-shared', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'inherit' })
      .status === 0;
  if (compile()) return library;
  if (!mayInstall()) return undefined;
  install(['gcc', 'libc6-dev']);
  return compile() ? library : undefined;
}

export type Disk = {
  /** What `compileShim` gave. */
  readonly shim: string;
  /** Where the process writes, and what of it survives a power cut. */
  readonly files: string;
  readonly disk: string;
  readonly seed: number;
  /** Whether it acknowledges a sync and does nothing. */
  readonly lies?: boolean;
};

/** Writes in 1,000 that reach the disk unasked. */
const early = '200';

/** The environment of a process that writes to such a disk. */
export function diskEnvironment({ shim, files, disk, seed, lies }: Disk): Record<string, string> {
  return {
    LD_PRELOAD: shim,
    POWER_FILES: files,
    POWER_DISK: disk,
    POWER_SEED: String(seed),
    POWER_EARLY: early,
    ...(lies && { POWER_LIES: '1' }),
  };
}
