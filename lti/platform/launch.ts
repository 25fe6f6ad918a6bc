// Begins launches: the page that frames the tool, and the step that sends the browser to the tool's login (LTI Core, OIDC login).
import type { Request, Response } from 'express';
import { PlatformError } from './errors.ts';
import { loginHint } from './hints.ts';
import { rememberPerson } from './launch-person.ts';
import { escapeHtml, frameAllow, sendForm, sendPage, sendText } from './pages.ts';
import { frameFor, findTool, getLink, type Room } from './room.ts';
import { textsIn } from './texts.ts';
import { mayEditByRole } from './vocabulary.ts';
import type { Message } from './claims.ts';
import type { Person, Tool } from './types.ts';

export const storageFrameName = 'lti_storage';

interface Exchange {
  req: Request;
  res: Response;
}

interface Framed {
  tool: Tool;
  title: string;
  /** Path under the issuer where the framed launch begins. */
  start: string;
}

interface Start {
  person: Person;
  tool: Tool;
  message: Message;
}

/** The frame of the intranet shows this page; it holds the tool and, beside it, the storage frame the tool may write to. */
export async function showLaunchPage(room: Room, req: Request<{ link: string }>, res: Response): Promise<void> {
  const { link, tool } = await getLink(room, req.params.link);
  await showFramed(room, { req, res }, { tool, title: link.title, start: `start/${encodeURIComponent(link.id)}` });
}

export async function showClientPage(room: Room, req: Request<{ client: string }>, res: Response): Promise<void> {
  const tool = await getTool(room, req.params.client);
  const [, kind] = req.path.split('/');
  const start = `start-${kind ?? ''}/${encodeURIComponent(tool.clientId)}`;
  await showFramed(room, { req, res }, { tool, title: tool.title ?? tool.clientId, start });
}

async function showFramed(room: Room, { req, res }: Exchange, shown: Framed): Promise<void> {
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  const { tool, title, start } = shown;
  const origins = toolOrigins(tool);
  sendPage(res, frameFor(room, req, person), {
    title,
    script: 'storage.js',
    frameSources: origins,
    attributes: ` data-origins="${escapeHtml(origins.join(' '))}"`,
    body: frames({
      storage: `${room.issuer}/storage/${encodeURIComponent(tool.clientId)}`,
      start: `${room.issuer}/${start}`,
      title,
    }),
  });
}

/** The script opens the tool only when the storage frame listens, or the tool's first message would be lost. */
function frames({ storage, start, title }: { storage: string; start: string; title: string }): string {
  const attributes = `name="tool" title="${escapeHtml(title)}" allow="${frameAllow}"`;
  return (
    `<iframe name="${storageFrameName}" data-src="${escapeHtml(storage)}" title="" hidden></iframe>` +
    `<iframe ${attributes} data-src="${escapeHtml(start)}"></iframe>` +
    `<noscript><iframe ${attributes} src="${escapeHtml(start)}"></iframe></noscript>`
  );
}

export async function showStorageFrame(room: Room, req: Request<{ client: string }>, res: Response): Promise<void> {
  const tool = await findTool(room, req.params.client);
  if (tool === undefined) throw new PlatformError('unknown_client');
  const attributes = ` data-part="storage" data-origins="${escapeHtml(toolOrigins(tool).join(' '))}"`;
  sendPage(res, frameFor(room, req), { title: storageFrameName, script: 'storage.js', attributes, body: '' });
}

export async function startLink(room: Room, req: Request<{ link: string }>, res: Response): Promise<void> {
  const { link, tool } = await getLink(room, req.params.link);
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  await sendToLogin(room, { req, res }, { person, tool, message: { kind: 'resourceLink', link } });
}

export async function startPrivacy(room: Room, req: Request<{ client: string }>, res: Response): Promise<void> {
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  const tool = await getTool(room, req.params.client);
  await sendToLogin(room, { req, res }, { person, tool, message: { kind: 'dataPrivacy' } });
}

export async function startDeepLinking(room: Room, req: Request<{ client: string }>, res: Response): Promise<void> {
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  mustEdit(room, person);
  const tool = await getTool(room, req.params.client);
  const data = room.choices.issue({ clientId: tool.clientId, deploymentId: tool.deploymentId });
  await sendToLogin(room, { req, res }, { person, tool, message: { kind: 'deepLinking', data } });
}

export function showReturn(room: Room, req: Request, res: Response): void {
  const frame = frameFor(room, req);
  const texts = textsIn(frame.language);
  const { lti_errormsg: error, lti_msg: note } = req.query;
  const said = [error, note].find((text) => typeof text === 'string' && text !== '');
  const quoted = typeof said === 'string' ? `<p>${texts.toolSays} <q>${escapeHtml(said.slice(0, 200))}</q></p>` : '';
  sendText(res, frame, { title: texts.returned, body: quoted });
}

export async function signedIn(room: Room, req: Request, res: Response): Promise<Person | undefined> {
  const person = await room.identity.identify(req);
  if (person !== undefined) return person;
  if (room.identity.signIn === undefined) throw new PlatformError('not_signed_in');
  await room.identity.signIn(req, res, `${room.issuer}${req.path}`);
  return undefined;
}

export function mustEdit(room: Room, person: Person): void {
  const mayEdit = room.options.mayEdit ?? ((editor: Person) => mayEditByRole(editor.roles));
  if (!mayEdit(person)) throw new PlatformError('not_allowed');
}

async function sendToLogin(room: Room, { req, res }: Exchange, start: Start): Promise<void> {
  const { person, tool, message } = start;
  await rememberPerson(room, res, person);
  const fields = {
    iss: room.issuer,
    login_hint: loginHint(await room.keys.secret(), tool.clientId, person.subject),
    lti_message_hint: room.launches.issue({ clientId: tool.clientId, subject: person.subject, message }),
    target_link_uri: message.link?.targetLinkUri ?? tool.targetLinkUri,
    client_id: tool.clientId,
    lti_deployment_id: tool.deploymentId,
    lti_storage_target: storageFrameName,
  };
  if (tool.loginMethod === 'post') {
    sendForm(res, frameFor(room, req, person), { action: tool.loginUrl, fields });
    return;
  }
  const url = new URL(tool.loginUrl);
  for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
  res.redirect(303, url.href);
}

async function getTool(room: Room, clientId: string): Promise<Tool> {
  const tool = await findTool(room, clientId);
  if (tool === undefined) throw new PlatformError('unknown_link');
  return tool;
}

function toolOrigins(tool: Tool): string[] {
  return [...new Set([tool.loginUrl, tool.targetLinkUri, ...tool.redirectUris].map((url) => new URL(url).origin))];
}
