// The measurements there are: each file of this folder that exports `run` is one, and its first comment says what it measures.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Result {
  bench: string;
  variant?: string;
  [figure: string]: string | number | undefined;
}
export type Report = (result: Result) => void;

export interface Bench {
  readonly run: (report: Report) => Promise<void>;
}

export interface BenchEntry {
  readonly name: string;
  readonly summary: string;
}

export function listBenches(): BenchEntry[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
      return /^export async function run\(report: Report\)/m.test(text)
        ? [{ name: path.basename(file, '.ts'), summary: summaryOf(text) }]
        : [];
    });
}

export async function loadBench(name: string): Promise<Bench> {
  return (await import(`./${name}.ts`)) as Bench;
}

/** The first sentence of the head comment, or what stands before its colon. */
function summaryOf(text: string): string {
  const head = /^(?:\/\/.*\n)+/.exec(text)?.[0] ?? '';
  const words = head.replace(/^\/\/ ?/gm, '').replace(/\s+/g, ' ');
  return /^.+?(?=[.:] |\.?$)/.exec(words.trim())?.[0] ?? '';
}
