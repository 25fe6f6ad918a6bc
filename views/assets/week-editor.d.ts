// What the tests of the week's editor use of it; the rest is for browsers.

export interface EditorWay {
  readonly way: string;
  readonly bit: number;
}

export interface EditorRow {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
  readonly ways: readonly string[];
}

export const perDay: number;
export function cellsFrom(rows: readonly EditorRow[], ways: readonly EditorWay[]): Uint8Array;
export function rowsFrom(cells: Uint8Array, ways: readonly EditorWay[]): EditorRow[];
export function rectangle(one: number, other: number): number[];
