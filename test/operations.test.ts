// What the operator's page has to say because the programme promised it and no code can keep it.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('The operator’s page', () => {
  it('says how to rotate the technical log, which members are told is kept for so long at most', () => {
    const { log } = JSON.parse(read('views/locales/en/retention.json')) as { log: { how_long: string } };
    const [, section = ''] = read('docs/operations.md').split('## The technical log\n');
    const [promised = ''] = /\d+ months/u.exec(log.how_long) ?? [];
    expect(promised).not.to.equal('');
    expect(section.split('\n## ')[0])
      .to.include(promised)
      .and.match(/logrotate/u)
      .and.match(/journald/u);
  });
});
