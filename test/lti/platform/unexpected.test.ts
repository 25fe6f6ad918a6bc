// What the platform answers, and what it tells the log, when something breaks that is nobody's refusal.
import { expect } from 'chai';
import supertest from 'supertest';
import { createErrorLog } from '../../../lti/log/index.ts';
import { allMarked, mark } from '../../support/marked-errors.ts';
import { intranet } from './support.ts';

describe('lti/platform, when something unexpected happens', () => {
  it('a launch shows a reference under which the log has kind and places, and no word of the error', async () => {
    for (const { what, make, kind, hasPlaces } of allMarked) {
      const lines: Record<string, unknown>[] = [];
      const errors = createErrorLog({
        logger: { error: (facts) => lines.push(facts as Record<string, unknown>) },
      });
      const { app } = intranet({ errors, identity: () => Promise.reject(make()) });
      const { status, text } = await supertest(app).get('/lti/start/mentorat');
      expect(status, what).to.equal(500);
      expect(lines, what).to.have.length(1);
      // Express makes an error of its own of a rejection with nothing.
      expect(lines[0]?.['kind'], what).to.equal(['undefined', 'null'].includes(kind) ? 'Error' : kind);
      expect(text, what).to.include(String(lines[0]?.['reference']));
      if (hasPlaces) expect(lines[0]?.['at'], what).to.be.an('array').that.is.not.empty;
      expect(JSON.stringify(lines) + text, what).to.not.match(mark);
    }
  });
});
