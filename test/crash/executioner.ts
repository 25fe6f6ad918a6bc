// When a round's death comes: after some time, at the moment a mail has arrived, or as soon as a deed was acknowledged.
import type { Dice } from '../domain/matching/programmes.ts';

interface Sentence {
  readonly by: 'time' | 'mail' | 'answer';
  readonly both: boolean;
  /** Milliseconds, mails or answers. */
  left: number;
}

export class Executioner {
  readonly #dice: Dice;
  readonly #kill: (victims: { name: string | undefined; both: boolean }) => void;
  #sentence: Sentence | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(dice: Dice, kill: (victims: { name: string | undefined; both: boolean }) => void) {
    this.#dice = dice;
    this.#kill = kill;
  }

  /** One death for the round that begins. */
  arm(): void {
    const by = this.#dice.one(['time', 'time', 'mail', 'mail', 'answer'] as const);
    const left = { time: 20 + this.#dice.below(800), mail: 1 + this.#dice.below(8), answer: 1 + this.#dice.below(12) };
    this.#sentence = { by, both: this.#dice.chance(0.2), left: left[by] };
    if (by === 'time')
      this.#timer = setTimeout(() => {
        this.execute();
      }, left.time);
  }

  /** Somebody sent a mail or acknowledged a deed. */
  happened(what: 'mail' | 'answer', name: string): void {
    if (this.#sentence?.by !== what) return;
    this.#sentence.left -= 1;
    if (this.#sentence.left <= 0) this.execute(name);
  }

  /** Now; nothing when it has come already. */
  execute(name?: string): void {
    clearTimeout(this.#timer);
    const sentence = this.#sentence;
    this.#sentence = undefined;
    if (sentence) this.#kill({ name, both: sentence.both });
  }
}
