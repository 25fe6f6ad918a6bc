// What a line of the routes table says.
import type { Admitted, May } from './admit.ts';
import type { TracedForm } from './traces.ts';
import type { Handler } from './visit.ts';

type Coordinating = 'coordinator' | 'cross_lab_coordinator';

/** A route whose handler knows what `may` guarantees. */
export type RouteOf<M extends May = May> = {
  [K in M]: {
    readonly path: string;
    readonly may: K;
    readonly handle: Handler<Admitted[K]>;
  } & (K extends Coordinating ? { readonly method: 'get' } | TracedForm : { readonly method: 'get' | 'post' });
}[M];
export type Route = RouteOf;
