// The clock as pages: what time it is for the programme, and the ways to move it. A journey is told while it happens.
import express, { type Request, type Response, type Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import type { WorkingCalendar } from '../domain/calendar.ts';
import { addDays, fromLocal, toLocal } from '../domain/calendar.ts';
import { document, inWords, languageOf, send, textsFor } from './page.ts';
import type { DemoTexts } from './texts.ts';
import { deedNames, travel, type Stop, type World } from './travel.ts';

const dayMs = 86_400_000;
const stepNames = ['next', '1h', '1d', '3d', '1w', '1m'] as const;
type StepName = (typeof stepNames)[number];
const stepDays: Record<Exclude<StepName, 'next' | '1h'>, number> = { '1d': 1, '3d': 3, '1w': 7, '1m': 30 };
const mostDays = 366;

export function clockPages(world: World, zone: WorkingCalendar['zone'], onError: (error: unknown) => void): Router {
  const router = strictRouter();
  let moving = false;
  const show = (req: Request, res: Response, refusal = ''): Promise<void> =>
    showClock({ world, zone, refusal }, req, res);
  router.get('/', (req, res) => show(req, res));
  router.post('/', express.urlencoded({ extended: false, limit: '1kb' }), async (req, res) => {
    const t = textsFor(req);
    if (moving) {
      await show(req, res.status(409), t.clockBusy);
      return;
    }
    const target = await targetOf(world, zone, req.body as Record<string, unknown>);
    if (target === undefined) {
      await show(req, res.status(422), t.clockPast);
      return;
    }
    moving = true;
    try {
      await showJourney({ world, zone, target, onError }, req, res);
    } finally {
      moving = false;
    }
  });
  return router;
}

/** The instant asked for; undefined when it is not ahead, or further than a year. */
async function targetOf(world: World, zone: string, body: Record<string, unknown>): Promise<Date | undefined> {
  const now = world.clock.now();
  const { step, date } = body;
  const target = typeof date === 'string' ? onDate(date, zone) : await afterStep(world, zone, step);
  const ahead = (target?.getTime() ?? NaN) - now.getTime();
  return ahead > 0 && ahead <= mostDays * dayMs ? target : undefined;
}

function onDate(date: string, zone: string): Date | undefined {
  return /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(date)
    ? fromLocal({ date, minutes: 8 * 60 }, zone)
    : undefined;
}

async function afterStep(world: World, zone: string, step: unknown): Promise<Date | undefined> {
  const now = world.clock.now();
  const name = stepNames.find((known) => known === step);
  if (name === undefined) return undefined;
  if (name === 'next') return world.nextDue(now);
  if (name === '1h') return new Date(now.getTime() + dayMs / 24);
  const local = toLocal(now, zone);
  return fromLocal({ ...local, date: addDays(local.date, stepDays[name]) }, zone);
}

async function showClock(
  { world, zone, refusal }: { world: World; zone: string; refusal: string },
  req: Request,
  res: Response,
): Promise<void> {
  const [t, language] = [textsFor(req), languageOf(req)];
  const now = world.clock.now();
  const next = await world.nextDue(now);
  const ahead = world.clock.offsetMs();
  const model = {
    refusal,
    iso: now.toISOString(),
    now: inWords(now, language, zone),
    offset: Math.abs(ahead) < 60_000 ? t.clockSame : t.clockAhead(aheadInWords(ahead, language)),
    next: next === undefined ? t.clockNoNext : t.clockNext(inWords(next, language, zone)),
    steps: stepNames.map((value) => ({ value, label: t.steps[value] })),
    today: addDays(toLocal(now, zone).date, 1),
  };
  send(req, res, { template: 'clock', page: { title: t.clockTitle }, model });
}

function aheadInWords(ms: number, language: string): string {
  const hours = Math.round(ms / 3_600_000);
  const [value, unit] = hours >= 48 ? [Math.round(hours / 24), 'day'] : [Math.max(1, hours), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

interface Journey {
  world: World;
  zone: string;
  target: Date;
  onError: (error: unknown) => void;
}

/** Sent piece by piece: each stop is a line as soon as it is over. It goes on when the browser has gone. */
async function showJourney({ world, zone, target, onError }: Journey, req: Request, res: Response): Promise<void> {
  const [t, language] = [textsFor(req), languageOf(req)];
  const lead = t.travelLead(inWords(target, language, zone));
  const page = document(req, res, { template: 'travel', page: { title: t.travelTitle }, model: { lead } });
  const [head = '', tail = ''] = page.split('<!--STOPS-->');
  res.type('html').write(head);
  const say = (at: Date, words: string): void =>
    void res.write(`<li><time datetime="${at.toISOString()}">${inWords(at, language, zone)}</time> ${words}</li>\n`);
  try {
    for await (const stop of travel(world, target)) {
      const words = wordsOf(stop, t);
      if (words !== '') say(stop.at, words);
    }
    say(world.clock.now(), t.travelDone(inWords(world.clock.now(), language, zone)));
  } catch (error) {
    onError(error);
    say(world.clock.now(), t.travelFailed);
  }
  res.end(tail);
}

function wordsOf({ deeds, mails }: Stop, t: DemoTexts): string {
  const done = deedNames.filter((name) => (deeds[name] ?? 0) > 0).map((name) => t.deeds[name](deeds[name] ?? 0));
  return [...done, ...(mails > 0 ? [t.mailsLeft(mails)] : [])].join(', ');
}
