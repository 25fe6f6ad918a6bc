// A final no without a reason: about this mailbox, or about us? Judged by what the others got. Several different recipients
// refused in a row, and none accepted, are not all dead: then it is ours, and what was held against the first of them is
// taken back. Known to one process: another one comes to the same end by itself.
import type { KeyedHash } from '../domain/tie.ts';

const fewestInARow = 3;

export interface Doubts {
  /** Somebody was accepted: from here on the row begins anew. */
  accepted(): void;
  /**
   * @returns whose fault it is, and whom it had been held against by mistake until now. wasTakenBack: asked again when what was
   * held against this one has been written down, since others are judged meanwhile.
   */
  refused(memberId: string, emailHash: KeyedHash): Doubt;
}

export interface Doubt {
  readonly isOurs: boolean;
  readonly takeBack: readonly string[];
  wasTakenBack(): boolean;
}

export function createDoubts(): Doubts {
  let hasAccepted = false;
  let row = new Map<KeyedHash, { readonly memberId: string; isTakenBack: boolean }>();
  return {
    accepted: () => {
      hasAccepted = true;
      row = new Map();
    },
    refused: (memberId, emailHash) => {
      const entry = row.get(emailHash) ?? { memberId, isTakenBack: false };
      row.set(emailHash, entry);
      const isOurs = !hasAccepted || row.size >= fewestInARow;
      const wasTakenBack = (): boolean => entry.isTakenBack;
      if (!isOurs) return { isOurs, takeBack: [], wasTakenBack };
      const wrong = hasAccepted ? [...row.values()] : [];
      for (const one of wrong) one.isTakenBack = true;
      // Until it accepts again, nothing that it says of anybody is believed.
      hasAccepted = false;
      return { isOurs, takeBack: wrong.map((one) => one.memberId), wasTakenBack };
    },
  };
}
