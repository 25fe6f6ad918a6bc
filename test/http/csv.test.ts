// Files for spreadsheets: what begins like a formula stays text, what holds a separator stays one field.
import { expect } from 'chai';
import { csvFile } from '../../service/http/present/csv.ts';

describe('a file for spreadsheets', () => {
  it('begins with a byte order mark, separates by semicolons and ends its lines as RFC 4180 says', () => {
    expect(
      csvFile([
        ['Laboratoire', 'Membres'],
        ['ETIS', 12],
      ]),
    ).to.equal('\uFEFFLaboratoire;Membres\r\nETIS;12\r\n');
  });

  it('gives text that begins like a formula an apostrophe, and leaves numbers alone', () => {
    for (const text of ['=1+1', '+33', '-2', '@SUM(A1)', '\tx']) {
      expect(csvFile([[text]])).to.equal(`\uFEFF'${text}\r\n`);
    }
    expect(csvFile([[-2]])).to.equal('\uFEFF-2\r\n');
  });

  it('puts quotes around what holds a separator, a quote or a line end', () => {
    expect(csvFile([['a;b', 'say "yes"', 'two\nlines']])).to.equal('\uFEFF"a;b";"say ""yes""";"two\nlines"\r\n');
    expect(csvFile([['=a;b']])).to.equal('\uFEFF"\'=a;b"\r\n');
  });
});
