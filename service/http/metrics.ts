// GET /metrics: the service's figures in Prometheus' text format, for whoever holds the token. For everybody else, and
// where no token is set, the address does not exist.
import { createHash, timingSafeEqual } from 'node:crypto';
import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import type { RequestHandler, Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import type { Clock } from '../domain/clock.ts';
import type { HealthLook } from '../usecases/sweep-health.ts';
import { healthSamples, type ProcessFigures, processSamples, refusedSamples, textOf } from './present/metrics.ts';

export interface MetricsOptions {
  /** undefined: nobody may ask. */
  readonly token: string | undefined;
  /** Looks at the health now. */
  readonly look: () => Promise<HealthLook>;
  /** Whether an error only says that the database cannot be reached now. */
  readonly isAway: (error: unknown) => boolean;
  /** Real time. */
  readonly clock: Clock;
  /** Requests that this copy refused, by limit. */
  readonly refused: () => Readonly<Record<string, number>>;
}

/** Version 0.0.4 of the exposition format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';
const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Digests are of one length, so that the comparison takes the same time whatever was sent. */
function mayAsk(token: string, authorization: string | undefined): boolean {
  return timingSafeEqual(digestOf(`Bearer ${token}`), digestOf(authorization ?? ''));
}

export function metricsRouter({ token, look, isAway, clock, refused }: MetricsOptions): Router {
  const router = strictRouter();
  if (token === undefined) return router;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();

  const show: RequestHandler = async (request, response, next) => {
    if (!mayAsk(token, request.headers.authorization)) {
      next();
      return;
    }
    const health = await look().catch((error: unknown) => {
      if (isAway(error)) return undefined;
      throw error;
    });
    const samples = [
      ...processSamples(figuresOf(delay)),
      refusedSamples(refused()),
      ...healthSamples(health, clock.now()),
    ];
    response.set('Cache-Control', 'no-store').type(contentType).send(textOf(samples));
  };
  return router.get('/', show);
}

const nanosecond = 1e-9;

/** The event loop's delay since the last look. */
function figuresOf(delay: IntervalHistogram): ProcessFigures {
  const { rss, heapUsed, external } = process.memoryUsage();
  const delays = {
    '0.5': delay.percentile(50) * nanosecond,
    '0.99': delay.percentile(99) * nanosecond,
    '1': delay.max * nanosecond,
  };
  delay.reset();
  return { uptimeSeconds: process.uptime(), rss, heapUsed, external, delays };
}
