// A process that dies at a write of its choice: that write and all later ones never happen.
import type { Ports } from '../../service/usecases/ports.ts';

export class Killed extends Error {}

export interface Death {
  readonly write: number;
  /** Of a batch, the first half still reaches the database. */
  readonly halfWay?: boolean;
}

/** The ports of a process that dies at its nth write to the database: that write and all later ones never happen. */
export function dyingAt(ports: Ports, { write, halfWay = false }: Death): Ports {
  let left = write;
  const reading = /^(find|list|read|among|has|latest|members|requests|proposals|openDialogues|get)/;
  const mortal = <T extends object>(repository: T): T =>
    new Proxy(repository, {
      get(target, name, receiver) {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || reading.test(String(name))) return method;
        return async (...args: unknown[]): Promise<unknown> => {
          left -= 1;
          const half = halfOf(String(name), args);
          if (left === 0 && halfWay && half) await Reflect.apply(method, target, half);
          if (left <= 0) throw new Killed();
          return Reflect.apply(method, target, args);
        };
      },
    });
  const rooms = [
    ...(['members', 'requests', 'proposals', 'dialogues', 'meetings', 'cases'] as const),
    ...(['outbox', 'pairMarks', 'runs', 'retention', 'wishes', 'exclusions', 'twins'] as const),
  ];
  return { ...ports, ...Object.fromEntries(rooms.map((room) => [room, mortal(ports[room])])) };
}

/** The same call with half of what it is to write; undefined for a single write. */
function halfOf(name: string, args: readonly unknown[]): unknown[] | undefined {
  const [many, ...rest] = args;
  if (Array.isArray(many)) return [many.slice(0, Math.ceil(many.length / 2)), ...rest];
  return name === 'enqueue' ? args.slice(0, Math.ceil(args.length / 2)) : undefined;
}
