import { expect } from 'chai';
import { MentoringError } from '../../service/domain/errors.ts';
import { scrub } from '../../service/jobs/scrub.ts';

describe('what may be said of an error', () => {
  it('is its kind, its code, where it came from and an id of its own', () => {
    const [one, other] = [scrub(new MentoringError('request_not_open')), scrub(new TypeError('x'))];
    expect(one).to.include({ error: 'MentoringError', code: 'request_not_open' });
    expect(other).to.include({ error: 'TypeError' }).and.not.have.property('code');
    expect(one.errorId)
      .to.match(/^[0-9a-f]{8}$/)
      .and.not.equal(other.errorId);
    expect(one.at[0]).to.match(/^at .*scrub\.test\.ts/);
  });

  it('is never its words, even where they look like a stack, a code or a name', () => {
    const error = new Error('Ada\n    at Ada (ada@etis.example:1:1)');
    Object.assign(error, { code: 'no mail for ada@etis.example', name: 'Ada Martin' });
    expect(JSON.stringify(scrub(error))).to.not.match(/ada|etis/i);
  });

  it('is its type only when something else than an error was thrown', () => {
    expect(scrub('Ada Martin')).to.deep.include({ error: 'string', at: [] });
    expect(JSON.stringify(scrub({ name: 'Ada' }))).to.not.include('Ada');
  });

  it('has no place when its words were changed after it was made', () => {
    const error = new Error('Ada Martin');
    expect(error.stack).to.include('Ada');
    error.message = 'something that no file is called';
    expect(scrub(error).at).to.deep.equal([]);
  });
});
