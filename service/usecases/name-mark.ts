// Whether somebody is introduced under the name that their platform knows, told without keeping what the platform said.
import { foldName } from '../domain/chosen-name.ts';
import type { KeyedHash } from '../domain/tie.ts';
import type { Ports } from './ports.ts';

/** Of a name, whatever its case, accents and order. */
export function markOfName({ hasher }: { readonly hasher: Pick<Ports['hasher'], 'mark'> }, name: string): KeyedHash {
  return hasher.mark(`name ${foldName(name)}`);
}

/** platformNameMark: of the name that the platform gave; without one nobody but the person vouches for the name. */
export function chosenOrNot(
  ports: Pick<Ports, 'hasher'>,
  name: string,
  platformNameMark: KeyedHash | undefined,
): { readonly nameIsChosen: true | null } {
  return { nameIsChosen: markOfName(ports, name) === platformNameMark ? null : true };
}
