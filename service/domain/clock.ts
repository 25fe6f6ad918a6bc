// The programme's clock: everything that waits asks it, so that tests and the demonstration can move time.

/** Tells the programme's present instant. */
export interface Clock {
  now(): Date;
}
