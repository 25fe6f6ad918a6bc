import { expect } from 'chai';
import { entryPaths } from '../../service/http/enter.ts';
import { entryViews } from '../../service/http/entry-views.ts';
import { createViews } from '../../views/index.ts';

describe('the views on offer to course editors', () => {
  const views = entryViews(createViews().sentences);

  it('are pages that a launch may open, each once', () => {
    const paths = views('fr').map(({ path }) => path);
    expect(entryPaths).to.include.members(paths);
    expect(new Set(paths).size).to.equal(4);
  });

  it('are named in the language of the launch', () => {
    const titles = (locale: string): string[] => views(locale).map(({ title }) => title);
    expect(titles('en-GB')[0]).to.equal('Dialogue space');
    expect(titles('fr-FR')[0]).not.to.equal('Dialogue space');
  });
});
