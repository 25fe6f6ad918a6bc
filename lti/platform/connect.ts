// The administrator's page: what is connected, and the start of a tool's own registration here.
import type { Request, Response } from 'express';
import { z } from 'zod';
import { PlatformError } from './errors.ts';
import { mustEdit, signedIn } from './launch.ts';
import { escapeHtml, sendPage } from './pages.ts';
import { frameFor, type Room } from './room.ts';
import { textsIn, type Texts } from './texts.ts';
import type { Tool } from './types.ts';

const connectSchema = z.object({ address: z.url({ protocol: /^https?$/ }).max(2048) });

/** The tool's registration page, told where our configuration is and which token opens our registration endpoint. */
export function invitation(room: Room, toolRegistrationUrl: string): string {
  const url = new URL(toolRegistrationUrl);
  url.searchParams.set('openid_configuration', `${room.issuer}/.well-known/openid-configuration`);
  url.searchParams.set('registration_token', room.invitations.issue(true));
  return url.href;
}

export async function showConnect(room: Room, req: Request, res: Response): Promise<void> {
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  mustEdit(room, person);
  const frame = frameFor(room, req, person);
  const texts = textsIn(frame.language);
  const rows = (await room.tools.list()).map((tool) => toolLine(texts, tool));
  sendPage(res, frame, {
    title: texts.tools,
    // The answer to the form leads to the tool, whose address is not known yet.
    formTarget: `'self' https: http://localhost:* http://127.0.0.1:*`,
    body:
      `<main><h1>${texts.tools}</h1><ul>${rows.join('')}</ul>` +
      `<form method="post" action="${escapeHtml(`${room.issuer}/connect`)}">` +
      `<p><label for="address">${texts.registrationAddress}</label><br>` +
      `<input id="address" name="address" type="url" required size="60"></p>` +
      `<p>${texts.registrationHelp}</p><button type="submit">${texts.register}</button></form></main>`,
  });
}

export async function connect(room: Room, req: Request, res: Response): Promise<void> {
  // Another site must not make an administrator's browser begin a registration.
  if (req.get('origin') !== new URL(room.issuer).origin) throw new PlatformError('not_allowed');
  const person = await signedIn(room, req, res);
  if (person === undefined) return;
  mustEdit(room, person);
  const parsed = connectSchema.safeParse(req.body);
  if (!parsed.success) throw new PlatformError('malformed_request');
  res.redirect(303, invitation(room, parsed.data.address));
}

function toolLine(texts: Texts, tool: Tool): string {
  const ids = `${texts.clientId}: ${tool.clientId}, ${texts.deploymentId}: ${tool.deploymentId}`;
  return `<li>${escapeHtml(tool.title ?? tool.clientId)}<br>${escapeHtml(ids)}</li>`;
}
