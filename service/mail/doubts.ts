// A final no without a reason: about this mailbox, or about us? Judged by what the others got. Several different recipients
// refused in a row, and none accepted, are not all dead: then it is ours, and what was held against the first of them is
// taken back. Known to one process: another one comes to the same end by itself.
import type { KeyedHash } from '../domain/tie.ts';

const fewestInARow = 3;

export interface Doubts {
  /** Somebody was accepted: from here on the row begins anew. */
  accepted(): void;
  /** @returns whose fault it is, and whom it had been held against by mistake until now */
  refused(memberId: string, emailHash: KeyedHash): { readonly isOurs: boolean; readonly takeBack: readonly string[] };
}

export function createDoubts(): Doubts {
  let hasAccepted = false;
  const row = new Map<KeyedHash, string>();
  return {
    accepted: () => {
      hasAccepted = true;
      row.clear();
    },
    refused: (memberId, emailHash) => {
      row.set(emailHash, memberId);
      const isOurs = !hasAccepted || row.size >= fewestInARow;
      if (!isOurs) return { isOurs, takeBack: [] };
      const takeBack = hasAccepted ? [...row.values()] : [];
      // Until it accepts again, nothing that it says of anybody is believed.
      hasAccepted = false;
      return { isOurs, takeBack };
    },
  };
}
