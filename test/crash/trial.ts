// The crash trial: rounds of deeds on two copies of the service while time moves, each with a death at a random moment.
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { nextRegularRun, nextSendingTime } from '../../service/domain/calendar.ts';
import { inventedNow } from '../../service/demo/factories.ts';
import { Dice } from '../domain/matching/programmes.ts';
import { Executioner } from './executioner.ts';
import { Ledger } from './ledger.ts';
import { Pair } from './pair.ts';
import { actOnce, newPerson, type Ask, type Person } from './person.ts';
import { openPostOffice, type PostOffice } from './post.ts';
import { readWorld, type World } from './world.ts';

const minute = 60_000;
const hour = 60 * minute;
const calendar = { zone: 'Europe/Paris', closures: [] };
/** Deeds at the same time. */
const lanes = 6;
/** The lease of a mail is five minutes of real time (service/mail/mailer.ts); so much later it is over. */
const leaseOverMs = 6 * minute;
/** A job that takes no turn in so long stands still. */
const patienceMs = 300_000;
const mostPeople = 60;

export interface TrialParts {
  readonly uri: string;
  readonly connection: Connection;
  readonly seed: number;
}

export class Trial {
  readonly ledger = new Ledger();
  readonly people: Person[] = [];
  /** What copies said and never should, and jobs that stood still. */
  readonly failures: string[] = [];
  readonly figures = { done: 0, refused: 0, lost: 0 };
  readonly post: PostOffice;
  readonly #connection: Connection;
  readonly #dice: Dice;
  readonly #pair: Pair;
  readonly #executioner: Executioner;
  #aheadMs = inventedNow.getTime() - Date.now();

  static async open(parts: TrialParts): Promise<Trial> {
    const trial = new Trial(parts, await openPostOffice());
    await trial.#pair.start();
    return trial;
  }

  private constructor({ uri, connection, seed }: TrialParts, post: PostOffice) {
    this.post = post;
    this.#connection = connection;
    this.#dice = new Dice(seed);
    this.#pair = new Pair(
      {
        ...{ uri, smtpUrl: (name) => post.urlFor(name), aheadMs: () => this.#aheadMs },
        onFailure: (sentence) => this.failures.push(sentence),
        onAnswer: (name) => {
          this.#executioner.happened('answer', name);
        },
      },
      () => this.#endLeases(),
    );
    this.#executioner = new Executioner(this.#dice, (victims) => {
      this.#pair.kill(victims);
    });
    post.onAccepted = (copy) => {
      this.#executioner.happened('mail', copy);
    };
  }

  get killed(): ReadonlySet<string> {
    return this.#pair.killed;
  }

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  world(): Promise<World> {
    return readWorld(this.#connection, this.now());
  }

  /** Time moves, people act, and in the midst of it one copy dies, or both. */
  async round(): Promise<void> {
    this.#moveTo(this.#somewhatLater());
    this.#newcomers();
    this.#executioner.arm();
    const left = { deeds: 20 + this.#dice.below(30) };
    await Promise.all(Array.from({ length: lanes }, () => this.#live(left)));
    // The jobs have a moment more, in case nobody has died yet.
    await pause(this.#dice.below(400));
    this.#executioner.execute();
    await this.#pair.isComplete();
  }

  /** Both die; then nobody acts any more until all that was left half done is mended, and all mails have left. */
  async settle(): Promise<void> {
    this.#pair.kill({ name: undefined, both: true });
    await this.#pair.isComplete();
    for (const later of [3 * minute, 11 * minute, 11 * minute]) {
      this.#moveTo(new Date(this.now().getTime() + later));
      await this.#everyJobTakesATurn();
    }
    this.#moveTo(nextSendingTime(calendar, this.now()));
    // Twice: what one job does may make something due for another, a meeting that was held for its dialogue.
    await this.#everyJobTakesATurn();
    await this.#everyJobTakesATurn();
  }

  /** Both end in order. */
  async end(): Promise<void> {
    await this.#pair.end();
  }

  async close(): Promise<void> {
    await this.#pair.close();
    await this.post.close();
  }

  /** Twenty at the beginning, then one more at each round. */
  #newcomers(): void {
    const wanted = Math.max(20, Math.min(mostPeople, this.people.length + 1));
    while (this.people.length < wanted) this.people.push(newPerson(this.people.length + 1));
  }

  async #live(left: { deeds: number }): Promise<void> {
    while (left.deeds > 0) {
      left.deeds -= 1;
      const person = this.#dice.one(this.people.filter(({ isBusy }) => !isBusy));
      person.isBusy = true;
      const copy = await this.#pair.pick(this.#dice);
      const ask: Ask = async (deed, input) => {
        const outcome = await copy.ask(deed, input);
        if (deed !== 'look') this.figures[outcome.kind] += 1;
        return outcome;
      };
      const { ledger, people } = this;
      await actOnce(person, ask, { dice: this.#dice, ledger, people, now: () => this.now() });
      person.isBusy = false;
    }
  }

  /** Most often to hours in which something happens: mails leave, or the matching runs. */
  #somewhatLater(): Date {
    const now = this.now();
    const some = new Date(now.getTime() + hour * (1 + this.#dice.below(30)));
    return this.#dice.one([
      some,
      nextSendingTime(calendar, new Date(now.getTime() + 5 * hour)),
      nextSendingTime(calendar, some),
      new Date(nextRegularRun(calendar.zone, now).getTime() + minute),
    ]);
  }

  #moveTo(instant: Date): void {
    this.#aheadMs = instant.getTime() - Date.now();
    this.#pair.tellTime();
  }

  /** Nobody lives: six minutes of real time may pass at once. */
  async #endLeases(): Promise<void> {
    for (const name of ['outbox', 'nudges']) {
      const records = this.#connection.collection(name);
      for (const { _id, leaseUntil } of await records.find({ leaseUntil: { $type: 'date' } }).toArray()) {
        const over = new Date((leaseUntil as Date).getTime() - leaseOverMs);
        await records.updateOne({ _id }, { $set: { leaseUntil: over } });
      }
    }
  }

  async #everyJobTakesATurn(): Promise<void> {
    const since = new Date();
    const jobs = this.#connection.collection('jobs');
    const waiting = { $or: [{ lastRunAt: { $lt: since } }, { $expr: { $lt: ['$lastFinishedAt', '$lastRunAt'] } }] };
    for (;;) {
      const late = await jobs.distinct('name', waiting);
      if (late.length === 0) return;
      if (Date.now() - since.getTime() > patienceMs) {
        this.failures.push(`jobs stand still: ${late.join(', ')}`);
        return;
      }
      await pause(50);
    }
  }
}
