// Takes the tool's deep linking answer (Deep Linking 2.0, 4.5): proves it comes from the tool we asked, then keeps its links.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type RemoteJWKSet } from 'jose';
import { z } from 'zod';
import { PlatformError } from './errors.ts';
import { escapeHtml, frameHtml, sendText } from './pages.ts';
import { findTool, frameFor, type Room } from './room.ts';
import { textsIn } from './texts.ts';
import { claim, deepLinkingClaim } from './vocabulary.ts';
import type { ResourceLink, Tool } from './types.ts';

const leewaySeconds = 60;
const oldestSeconds = 5 * 60;

const itemSchema = z.object({
  type: z.string(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
  title: z.string().max(500).optional(),
  custom: z.record(z.string(), z.string().max(1000)).optional(),
});

const answerSchema = z.object({
  nonce: z.string().min(1),
  [claim('message_type')]: z.literal('LtiDeepLinkingResponse'),
  [claim('version')]: z.literal('1.3.0'),
  [claim('deployment_id')]: z.string(),
  [deepLinkingClaim('data')]: z.string(),
  [deepLinkingClaim('content_items')]: z.array(itemSchema).max(100).default([]),
});

export async function takeDeepLinkingAnswer(room: Room, req: Request, res: Response): Promise<void> {
  const { JWT: token } = z
    .object({ JWT: z.string().catch('') })
    .catch({ JWT: '' })
    .parse(req.body);
  const tool = await findTool(room, unverifiedIssuer(token));
  if (tool === undefined) throw new PlatformError('deep_linking_refused');
  const answer = answerSchema.safeParse(await verified(room, tool, token));
  if (!answer.success) throw new PlatformError('deep_linking_refused');
  const items = answer.data[deepLinkingClaim('content_items')] as z.infer<typeof itemSchema>[];
  const links = items.filter(({ type }) => type === 'ltiResourceLink').map((item) => linkFrom(tool, item));
  // Taken last: an answer that is refused above does not spend the exchange of the person who is still choosing.
  const choice = room.choices.take(answer.data[deepLinkingClaim('data')] as string);
  if (choice?.clientId !== tool.clientId || choice.deploymentId !== answer.data[claim('deployment_id')]) {
    throw new PlatformError('deep_linking_refused');
  }
  await room.links.add(links);
  showAdded(room, { req, res }, links);
}

function unverifiedIssuer(token: string): string {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw new PlatformError('deep_linking_refused');
  }
}

async function verified(room: Room, tool: Tool, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keysOf(room, tool), {
      issuer: tool.clientId,
      audience: room.issuer,
      algorithms: ['RS256'],
      clockTolerance: leewaySeconds,
      maxTokenAge: oldestSeconds,
      requiredClaims: ['exp', 'iat', 'nonce'],
      currentDate: room.options.clock.now(),
    });
    return payload;
  } catch (error) {
    // A key set that does not answer (TypeError from fetch) is the tool's fault as much as a bad signature.
    if (error instanceof errors.JOSEError || error instanceof TypeError)
      throw new PlatformError('deep_linking_refused');
    throw error;
  }
}

function keysOf(room: Room, { keysetUrl }: Tool): RemoteJWKSet {
  const known = room.toolKeys.get(keysetUrl) ?? createRemoteJWKSet(new URL(keysetUrl), { timeoutDuration: 3000 });
  room.toolKeys.set(keysetUrl, known);
  return known;
}

function linkFrom(tool: Tool, item: z.infer<typeof itemSchema>): ResourceLink {
  const target = item.url ?? tool.targetLinkUri;
  if (new URL(target).origin !== new URL(tool.targetLinkUri).origin) throw new PlatformError('deep_linking_refused');
  const title = item.title ?? tool.title ?? tool.clientId;
  return { id: randomUUID(), clientId: tool.clientId, title, targetLinkUri: target, custom: item.custom };
}

/** Shows each new link with its line of HTML, ready to be pasted into a page of the intranet. */
function showAdded(room: Room, { req, res }: { req: Request; res: Response }, links: readonly ResourceLink[]): void {
  const frame = frameFor(room, req);
  const texts = textsIn(frame.language);
  const lines = links.map(
    ({ id, title }) =>
      `<li>${escapeHtml(title)}<pre><code>${escapeHtml(frameHtml(room.issuer, { id, title }))}</code></pre></li>`,
  );
  const title = links.length > 0 ? texts.added : texts.nothingAdded;
  sendText(res, frame, { title, body: lines.length > 0 ? `<ul>${lines.join('')}</ul>` : '' });
}
