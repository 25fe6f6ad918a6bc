// The last words of a process that an unexpected error ends: one line, without a word of the error.
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { built, runChild } from './support/child.ts';
import { mark } from './support/marked-errors.ts';

const fault = () => pathToFileURL(built('test/support/failing-process.mjs')).href;

describe('a process that an unexpected error ends', () => {
  const ways: [string, string, readonly string[]][] = [
    ['the command line', 'service/cli/main.ts', ['--help']],
    ['the demonstration', 'service/demo/main.ts', ['--help']],
  ];
  for (const [what, script, args] of ways) {
    for (const way of script.includes('cli') ? ['throw', 'later', 'reject'] : ['throw']) {
      it(`says of ${what} one line with kind and places, and ends with exit code 1 (${way})`, async function () {
        this.timeout(300_000);
        const { code, err } = await runChild(script, args, { NODE_OPTIONS: `--import=${fault()}`, FAULT: way });
        expect(code).to.equal(1);
        expect(err).to.match(/^Unexpected error \{[^\n]+\}\n$/);
        expect(err).to.not.match(mark);
        const { kind, at } = JSON.parse(err.slice('Unexpected error '.length)) as { kind: string; at: string[] };
        expect(kind).to.equal('TypeError');
        expect(at[0]).to.match(/^test\/support\/failing-process\.mjs:\d+:\d+$/);
      });
    }
  }
});
