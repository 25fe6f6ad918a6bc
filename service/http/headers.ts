// The headers that every page carries, in a frame or outside.
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/**
 * A strict policy: our own style sheets and scripts, no inline code. ancestors: who may frame the page, asked at each
 * answer; "none" for pages that nobody may frame.
 */
export function strictHeaders(ancestors: 'none' | ((response: Response) => readonly string[])): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // A page of something under way looks for news of itself.
        connectSrc: ["'self'"],
        // Bootstrap draws its ticks and arrows with data: images.
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors:
          ancestors === 'none' ? ["'none'"] : [(_request, response) => ancestors(response as Response).join(' ')],
      },
    },
    // The older header knows "same origin" and "nowhere" only; where platforms may frame, frame-ancestors says it better.
    xFrameOptions: ancestors === 'none' && { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}
