// The mailbox as pages: the list, one mail, its formatted version, its files.
import type { Request, Response, Router } from 'express';
import { strictRouter } from '../../lti/index.ts';
import { inWords, languageOf, send, textsFor } from './page.ts';
import type { DemoMemory, StoredMail } from './memory.ts';
import { demoPeople } from './people.ts';

const shown = 200;

export function mailPages(memory: Pick<DemoMemory, 'mails'>, zone: string): Router {
  const router = strictRouter();
  router.get('/', (req, res) => showList(memory, zone, { req, res }));
  router.get('/:id', async (req, res, next) => {
    const mail = await find(memory, req.params.id);
    if (mail === undefined) {
      next();
      return;
    }
    showMail(mail, zone, { req, res });
  });
  router.get('/:id/html', async (req, res, next) => {
    const mail = await find(memory, req.params.id);
    if (mail === undefined) {
      next();
      return;
    }
    // Mails carry their styles within; nothing else of theirs may run or be fetched.
    res.set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
    );
    res.type('html').send(mail.html);
  });
  router.get('/:id/files/:index', async (req, res, next) => {
    const file = (await find(memory, req.params.id))?.files[Number(req.params.index)];
    if (file === undefined) {
      next();
      return;
    }
    res.attachment(file.name).type(file.type).send(Buffer.from(file.content, 'base64'));
  });
  return router;
}

async function find(memory: Pick<DemoMemory, 'mails'>, id: string): Promise<StoredMail | undefined> {
  return (await memory.mails.findOne({ _id: Number(id) })) ?? undefined;
}

interface Exchange {
  req: Request;
  res: Response;
}

async function showList(memory: Pick<DemoMemory, 'mails'>, zone: string, { req, res }: Exchange): Promise<void> {
  const t = textsFor(req);
  const filter = typeof req.query['to'] === 'string' ? req.query['to'].slice(0, 100) : '';
  const query = filter === '' ? {} : { to: new RegExp(filter.replace(/[^\p{L}\p{N}@. -]/gu, ''), 'i') };
  const [mails, count] = await Promise.all([
    memory.mails.find(query).sort({ at: -1, _id: -1 }).limit(shown).toArray(),
    memory.mails.countDocuments(query),
  ]);
  const rows = mails.map((mail) => ({
    ...rowOf(mail, req, zone),
    calendar: mail.files.some(({ name }) => name.endsWith('.ics')),
  }));
  const model = { filter, mails: rows, summary: t.mailMany(rows.length, count) };
  send(req, res, { template: 'mail-list', page: { title: t.mailTitle }, model });
}

function showMail(mail: StoredMail, zone: string, { req, res }: Exchange): void {
  const person = demoPeople.find(({ email }) => mail.to.includes(email));
  const files = mail.files.map(({ name }, index) => ({ name, index }));
  const model = {
    mail: { ...rowOf(mail, req, zone), from: mail.from, text: mail.text, hasHtml: mail.html !== '', files },
    reader: person === undefined ? null : { lab: person.labId, subject: person.subject, name: person.name },
  };
  send(req, res, { template: 'mail', page: { title: mail.subject }, model });
}

function rowOf(
  { _id, at, to, subject }: StoredMail,
  req: Request,
  zone: string,
): Record<'id' | 'iso' | 'at' | 'to' | 'subject', string> {
  return { id: String(_id), iso: at.toISOString(), at: inWords(at, languageOf(req), zone), to, subject };
}
