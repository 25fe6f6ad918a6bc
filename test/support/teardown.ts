// What the run shares (the engine, the browsers) is started by the first suite that needs it and ended here.

const endings: (() => Promise<void>)[] = [];

/** Registers what ends a shared part after the last suite; the last one registered goes first. */
export function atEndOfRun(end: () => Promise<void>): void {
  endings.unshift(end);
}

/** Called once by the root hooks. */
export async function endSharedParts(): Promise<void> {
  for (const end of endings.splice(0)) await end();
}
